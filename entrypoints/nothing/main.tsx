import { browser } from 'wxt/browser';
import { NothingToReport } from '../../components/nothing/NothingToReport.tsx';
import { readingLevel } from '../../rules/stages.ts';
import { createDevice } from '../../utils/device.ts';
import { readAloud } from '../page/read-aloud.ts';
import { show, words } from '../page/show.tsx';

const device = createDevice(browser, Date.now);
const { situation } = await device.enforcement.read();

/** The page that the button was pressed on is still there, in the tab beside this one. */
async function close(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
}

show(
  words('title_nothing'),
  <NothingToReport level={readingLevel(situation.stage)} onBack={() => void close()} readAloud={readAloud} />,
);
