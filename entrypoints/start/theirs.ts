import { browser } from 'wxt/browser';

/** Chrome's own new tab by its own name, which no extension takes the place of. */
const CHROMES_OWN = 'chrome://new-tab-page/';

/** An adult's new tab is Chrome's own. What is being typed into the address bar meanwhile stays there (decision 012). */
export const goToTheirs = async (): Promise<void> => void (await browser.tabs.update({ url: CHROMES_OWN }));
