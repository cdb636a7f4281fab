import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ours, watched, web } from '../../../utils/watch.ts';

/**
 * Promise 8 begins here: what Chrome is not asked for, nobody sees. Each row of docs/watch.md needs its event; a line
 * that is lost in a merge closes nothing, and nothing else would tell before Chromium does.
 */
const source = readFileSync(join(import.meta.dirname, '../../../entrypoints/background/index.ts'), 'utf8');
const registered = [
  ...source.matchAll(
    /^ {2}(?:browser\.)?([\w.]+)\.addListener\(([\w.]+)(?:, \{ url: \[([\w., ]+)\] \})?\);/gm,
  ),
].map(([, event, handler, url]) => [event, handler, ...(url ? [url] : [])].join(' '));

test('the worker hears of everything that Chrome’s rules do not see', () => {
  expect(registered).toEqual([
    'runtime.onInstalled life.started',
    'runtime.onStartup life.started',
    'alarms.onAlarm life.rang',
    'storage.onChanged life.settingsChanged',
    'idle.onStateChanged life.idleChanged',
    'webNavigation.onCommitted committed.heard committed.at',
    'webNavigation.onErrorOccurred device.watch.refused web',
    'webNavigation.onBeforeNavigate device.networkClosed.began web',
    'webNavigation.onErrorOccurred device.networkClosed.failed web',
    'webNavigation.onHistoryStateUpdated device.watch.addressChanged web',
    'webNavigation.onCreatedNavigationTarget device.openedFrom.openedTab',
    'tabs.onRemoved device.openedFrom.tabClosed',
    'tabs.onRemoved device.networkClosed.tabClosed',
    'action.onClicked reportButton.thisPage',
    'commands.onCommand reportButton.command',
    'contextMenus.onClicked reportButton.menuClicked',
  ]);
  expect(source).toContain("self.addEventListener('online', life.online);");
  // The one listener for what is there, and who looks at which kind of it.
  const looks = [...source.matchAll(/\{ at: \[([\w, ]+)\], look: ([\w.]+) \}/g)];
  expect(looks.map(([, at, look]) => `${look} ${at}`)).toEqual([
    'device.watch.committed watched',
    'device.openedFrom.committed web',
    'device.networkClosed.arrived web, ours',
  ]);
});

test('every kind of address that can show a page of somebody’s is asked for', () => {
  // CHROME-FACTS 4: what commits without a rule. `about:` and `chrome:` are nobody's pages.
  expect(watched.schemes).toEqual(['http', 'https', 'data', 'blob', 'file', 'filesystem']);
  expect(web.schemes).toEqual(['http', 'https']);
  expect(ours.schemes).toEqual(['chrome-extension']);
});

test('every listener is there at once: nothing is awaited before the last', () => {
  const body = source.slice(source.indexOf('defineBackground('));
  expect(body).not.toMatch(/\bawait\b|\.then\(|defineBackground\(async/);
});
