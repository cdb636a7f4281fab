import type { Ending } from '../rules/endings.ts';
import { type KnownStage, readingLevel } from '../rules/stages.ts';
import type { Chrome } from './chrome.ts';

const NOTICE = 'ending';
const lines = {
  lesson: 'ending_lesson',
  hour: 'ending_lesson',
  homework: 'ending_homework',
  grant: 'ending_grant',
} as const satisfies Record<Ending['what'], string>;

/**
 * The two-minute warning: a notice of the browser's own, which takes neither the keyboard nor the page
 * (docs/decisions/010). Not for those who cannot read it yet: thirty voices at once would help nobody, and the adult
 * who is with them is told in the console.
 */
export function createWarning(browser: Chrome, timeZone: () => Promise<string | undefined>) {
  return {
    async warn(ending: Ending, stage: KnownStage): Promise<void> {
      if (readingLevel(stage) === 'early') return;
      const zone = await timeZone();
      const time = new Intl.DateTimeFormat('en-GB', {
        hour: '2-digit',
        minute: '2-digit',
        ...(zone ? { timeZone: zone } : {}),
      }).format(ending.at);
      await browser.notifications.create(NOTICE, {
        type: 'basic',
        iconUrl: browser.runtime.getURL('/icons/128.png' as '/'),
        title: browser.i18n.getMessage('ending_title'),
        message: browser.i18n.getMessage(lines[ending.what], [time]),
        priority: 2,
        silent: true,
      });
    },
    unwarn: () => browser.notifications.clear(NOTICE),
  };
}
