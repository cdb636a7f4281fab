import type { Browser } from 'wxt/browser';
import type { Chrome } from './chrome.ts';
import type { Device } from './device.ts';
import type { Pressed } from './report.ts';
import { NOT_KEPT, reportedPage } from './reported-page.ts';
import { showInstead } from './show-instead.ts';

const menuIds = { page: 'report-page', link: 'report-link', image: 'report-image' } as const;

type Tab = Browser.tabs.Tab;
type Clicked = Browser.contextMenus.OnClickData;

/** The toolbar button, its shortcut and its menu: one press, and the page is gone (FIELD R3, R6). */
export function createReportButton(browser: Chrome, device: Pick<Device, 'ready' | 'reports' | 'outbox'>) {
  async function press(pressed: Pressed): Promise<void> {
    // A nervous second press lands on our own page: the child is there already.
    if (isOurs(pressed)) return;
    await device.ready;
    const id = await device.reports.report(pressed).catch(() => NOT_KEPT);
    const url = browser.runtime.getURL(`/${id ? reportedPage(id) : 'nothing.html'}` as '/');
    if (pressed.tabId === null) await browser.tabs.create({ url });
    // There is nothing to hide on a page of the browser's own: it stays, and ours opens beside it.
    else if (id === null) await browser.tabs.create({ url, openerTabId: pressed.tabId });
    else await showInstead(browser, pressed.tabId, url);
    await device.outbox.send(true);
  }

  const isOurs = ({ url, target }: Pressed): boolean =>
    !target &&
    ['/reported.html', '/nothing.html'].some((page) => url.startsWith(browser.runtime.getURL(page as '/')));

  const pressedOn = (tab: Tab | undefined, what: Pressed['what'], target?: string): Pressed => ({
    tabId: tab?.id ?? null,
    url: tab?.url || tab?.pendingUrl || '',
    title: tab?.title ?? '',
    what,
    ...(target ? { target } : {}),
  });

  return {
    thisPage: (tab: Tab) => press(pressedOn(tab, 'page')),
    command: async (command: string, tab?: Tab) => {
      if (command !== 'report-this-page') return;
      const [shown] = tab ? [tab] : await browser.tabs.query({ active: true, lastFocusedWindow: true });
      await press(pressedOn(shown, 'page'));
    },
    menuClicked: (clicked: Clicked, tab?: Tab) => {
      if (clicked.menuItemId === menuIds.link) return press(pressedOn(tab, 'link', clicked.linkUrl));
      if (clicked.menuItemId === menuIds.image) return press(pressedOn(tab, 'image', clicked.srcUrl));
      return press(pressedOn(tab, 'page'));
    },
    /** Made anew at each launch; Chrome keeps menus over restarts and refuses an id twice. */
    makeMenus: () => {
      browser.contextMenus.removeAll(() => {
        const words = (key: 'context_report_page' | 'context_report_link' | 'context_report_image') =>
          browser.i18n.getMessage(key);
        browser.contextMenus.create({
          id: menuIds.page,
          contexts: ['page'],
          title: words('context_report_page'),
        });
        browser.contextMenus.create({
          id: menuIds.link,
          contexts: ['link'],
          title: words('context_report_link'),
        });
        browser.contextMenus.create({
          id: menuIds.image,
          contexts: ['image'],
          title: words('context_report_image'),
        });
      });
    },
  };
}
