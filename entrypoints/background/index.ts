import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { createCommitted } from '../../utils/committed.ts';
import { createDevice } from '../../utils/device.ts';
import { isInUse } from '../../utils/in-use.ts';
import { createLessons } from '../../utils/lessons.ts';
import { createLife } from '../../utils/life.ts';
import { createLive } from '../../utils/live.ts';
import { createReportButton } from '../../utils/report-button.ts';
import { createWarning } from '../../utils/warn.ts';
import { ours, watched, web } from '../../utils/watch.ts';

/** Every listener is registered here, at once and at top level; each line names a duty that has a file. */
export default defineBackground(() => {
  const device = createDevice(browser, Date.now);
  const reportButton = createReportButton(browser, device);
  const warning = createWarning(browser, device.timeZone);
  const lessons = createLessons({ ...device, ...warning });
  const live = createLive({
    ...device,
    open: (address) => new WebSocket(address),
    settings: device.knownSettings,
    isInUse: () => isInUse(browser),
    arrived: () => device.bringInForce(),
    fetchNow: () => device.sync.run(true),
  });
  const life = createLife(browser, device, { menus: reportButton.makeMenus, lessons, live });

  const committed = createCommitted([
    { at: [watched], look: device.watch.committed },
    { at: [web], look: device.openedFrom.committed },
    { at: [web, ours], look: device.networkClosed.arrived },
  ]);

  browser.runtime.onInstalled.addListener(life.started);
  browser.runtime.onStartup.addListener(life.started);
  browser.alarms.onAlarm.addListener(life.rang);
  browser.storage.onChanged.addListener(life.settingsChanged);
  browser.idle.onStateChanged.addListener(life.idleChanged);
  self.addEventListener('online', life.online);

  browser.webNavigation.onCommitted.addListener(committed.heard, { url: [committed.at] });
  browser.webNavigation.onErrorOccurred.addListener(device.watch.refused, { url: [web] });
  browser.webNavigation.onBeforeNavigate.addListener(device.networkClosed.began, { url: [web] });
  browser.webNavigation.onErrorOccurred.addListener(device.networkClosed.failed, { url: [web] });
  browser.webNavigation.onHistoryStateUpdated.addListener(device.watch.addressChanged, { url: [web] });
  browser.webNavigation.onCreatedNavigationTarget.addListener(device.openedFrom.openedTab);
  browser.tabs.onRemoved.addListener(device.openedFrom.tabClosed);
  browser.tabs.onRemoved.addListener(device.networkClosed.tabClosed);

  browser.action.onClicked.addListener(reportButton.thisPage);
  browser.commands.onCommand.addListener(reportButton.command);
  browser.contextMenus.onClicked.addListener(reportButton.menuClicked);
});
