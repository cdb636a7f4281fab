import { browser } from 'wxt/browser';
import { NothingToReport } from '../../components/nothing/NothingToReport.tsx';
import { type KnownStage, readingLevel } from '../../rules/stage-names.ts';
import { afterPaint } from '../page/after-paint.ts';
import { readAloud } from '../page/read-aloud.ts';
import { remembered } from '../page/remembered.ts';
import { show, words } from '../page/show.tsx';

const put = (stage: KnownStage) =>
  show(
    words('title_nothing'),
    <NothingToReport level={readingLevel(stage)} onBack={() => void close()} readAloud={readAloud} />,
  );

/** The page that the button was pressed on is still there, in the tab beside this one. */
async function close(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
}

const known = remembered();
if (known) {
  put(known.stage);
  await afterPaint();
}
const { stageNow } = await import('./stage-now.ts');
put(await stageNow());
