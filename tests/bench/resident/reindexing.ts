import { type Figure, median, medianOf } from '../figures.ts';
import type { RawBrowser, RawTab } from '../raw-browser.ts';
import { pageLoad } from '../speed/page-load.ts';
import type { Place } from '../speed/place.ts';

/**
 * Page loads while Chromium indexes all lists anew, which any change of a dynamic rule makes it do. Only our loads are
 * disturbed; those without an extension run when it is over.
 */
export async function reindexing(browser: RawBrowser, place: Place, times: number): Promise<Figure[]> {
  const own = await browser.openTab(`chrome-extension://${place.seat.extensionId}/status.html`);
  const took: number[] = [];
  let over = 0;
  const around = async (load: () => Promise<number>) => {
    let running = true;
    const indexing = reindex(own).then((ms) => {
      running = false;
      took.push(ms);
    });
    const ms = await load();
    // What ended before the page was there has not disturbed it.
    if (!running) over += 1;
    await indexing;
    return ms;
  };
  const figures = await pageLoad(browser, place, times, { around });
  if (over > times / 10) throw new Error(`${over} of ${times} re-indexings ended before the page had loaded`);
  place.say(`  a re-index takes ${median(took).toFixed(0)} ms; ${over} ended before the page was there`);
  return [
    medianOf('a re-index of all lists', 'ms', took),
    ...figures.map((figure) => ({
      ...figure,
      name: `${figure.name}, during a re-index`,
      ...(figure.bound ? { bound: { atMost: 1.2, of: 'value' as const } } : {}),
    })),
  ];
}

const reindex = (own: RawTab): Promise<number> =>
  own.evaluate(`(async () => {
    const began = performance.now();
    const condition = { requestDomains: ['nothing.invalid'], resourceTypes: ['other'] };
    const rule = { id: 99_999, priority: 1, action: { type: 'block' }, condition };
    await chrome.declarativeNetRequest.updateDynamicRules({ removeRuleIds: [rule.id], addRules: [rule] });
    return performance.now() - began;
  })()`);
