import { blockPageOf } from '../rules/closed.ts';
import type { Orders } from '../rules/orders.ts';
import type { Settings } from '../rules/settings.ts';
import type { Situation } from '../rules/situation.ts';
import type { Health } from '../rules/wire.ts';
import { createAsked } from './asked.ts';
import type { Chrome } from './chrome.ts';
import { createClock, keepTime } from './clock.ts';
import { createClosedFrames } from './closed-frames.ts';
import { createEndpoint } from './endpoint.ts';
import { createEnforcement } from './enforce.ts';
import { createEvidence } from './evidence.ts';
import { readHeld, versionsOf } from './held.ts';
import { createHolding } from './holding.ts';
import { type Who, whoIsHere } from './identity.ts';
import { createIllegal } from './illegal.ts';
import { createInView } from './in-view.ts';
import { createJoin } from './join.ts';
import { createKeepDocument } from './keep-document.ts';
import { setEndAlarm } from './lessons.ts';
import { createNetworkClosed } from './network-closed.ts';
import { createNews } from './news.ts';
import { createOpenedFrom } from './opened-from.ts';
import { createOutbox } from './outbox.ts';
import { createReports } from './report.ts';
import { createRuleset } from './ruleset.ts';
import { createSeats } from './seats.ts';
import { createSettings, type SettingsState } from './settings.ts';
import { showInstead } from './show-instead.ts';
import { createSiteWorkers } from './site-workers.ts';
import { situationOf, stageOf } from './situation.ts';
import { createStoppedFrames } from './stopped-frames.ts';
import { createStore } from './store.ts';
import { createSync } from './sync.ts';
import { createTroubles } from './troubles.ts';
import { createWatch } from './watch.ts';

/** How long a further press on the same page counts with the first. */
const SAME_REPORT_MS = 15 * 60_000;
const toldOf = (grant: string) => `network-closed:${grant}`;

export type Device = ReturnType<typeof createDevice>;

/**
 * Where the pieces meet. The worker and our pages each make one: a page reports, asks and judges by itself, so that it
 * does so with the worker asleep, hung or dead too. Nothing here listens to anything.
 */
export function createDevice(browser: Chrome, ownClock: () => number) {
  const store = createStore();
  const clock = createClock(ownClock);
  const news = createNews();
  const troubles = createTroubles(store, clock);
  const blockPage = blockPageOf(browser.runtime.id);
  const extensionVersion = browser.runtime.getManifest().version;
  const newId = () => crypto.randomUUID();

  const who = (): Promise<Who> =>
    whoIsHere({
      account: async () => (await browser.identity.getProfileUserInfo({ accountStatus: 'ANY' })).email,
      deviceId: async () => (await browser.enterprise?.deviceAttributes?.getDirectoryDeviceId()) ?? '',
    });
  const settings = createSettings({
    managed: () => browser.storage.managed.get(),
    packaged: () => packagedSettings(browser),
    store,
  });
  const knownSettings = async (): Promise<Settings | null> => {
    const state = await settings.current();
    return state.state === 'known' ? state.settings : null;
  };
  const situationIn = async (state: SettingsState, orders: Orders | null): Promise<Situation> => {
    const [here, seat] = await Promise.all([who(), store.get('seat')]);
    const known = state.state === 'known' ? state.settings : null;
    return situationOf(known, orders, here, seat?.seat, clock.now());
  };

  const endpointOf = (known: Settings) => createEndpoint(known.endpoint, fetch.bind(globalThis), clock);
  const seats = createSeats(store, who, extensionVersion, newId);
  const inForceListeners: (() => void)[] = [];
  const enforcement = createEnforcement({
    rules: createRuleset(browser.declarativeNetRequest),
    store,
    clock,
    troubles,
    settings: settings.current,
    situationIn,
    blockPage,
    changed: () => {
      news.tell('rules');
      for (const listener of inForceListeners) listener();
    },
    applied: (inForce) => setEndAlarm(browser.alarms, clock, inForce),
  });
  const holding = createHolding(enforcement, clock.now);
  const inView = createInView(createIllegal(store));
  const evidence = createEvidence(store, clock);
  const siteWorkers = createSiteWorkers(browser, evidence);
  const show = (tabId: number, url: string) => showInstead(browser, tabId, url);
  const openedFrom = createOpenedFrom(browser.storage.session, async (tabId, frameId) => {
    const frame = await browser.webNavigation.getFrame({ tabId, frameId }).catch(() => null);
    return frame?.url;
  });
  const watch = createWatch({
    holding,
    inView,
    tabs: {
      all: () => browser.tabs.query({}),
      addressOf: async (tabId) => (await browser.tabs.get(tabId).catch(() => undefined))?.url,
      framesOf: async (tabId) => (await browser.webNavigation.getAllFrames({ tabId })) ?? [],
      show,
    },
    siteWorkers,
    closedFrames: createClosedFrames({
      siteWorkers,
      reload: (tabId) => browser.tabs.reload(tabId).catch(() => undefined),
      show,
      later: (milliseconds, what) => void setTimeout(what, milliseconds),
      now: () => performance.now(),
    }),
    stoppedFrames: createStoppedFrames(browser.storage.session),
    openerOf: openedFrom.openerOf,
    blockPage,
  });
  // A page of ours may have brought something in force.
  news.hear(watch.heard);
  const networkClosed = createNetworkClosed({
    holding,
    inView,
    blockPage,
    settings: knownSettings,
    endpointOf,
    seats,
    told: {
      get: async (grant) =>
        (await browser.storage.session.get(toldOf(grant)))[toldOf(grant)] as number | undefined,
      set: (grant, at) => browser.storage.session.set({ [toldOf(grant)]: at }),
    },
    now: clock.now,
    isOnline: () => navigator.onLine,
  });
  const outbox = createOutbox({
    store,
    clock,
    troubles,
    seats,
    settings: knownSettings,
    endpointOf,
    changed: () => news.tell('outbox'),
  });
  const reports = createReports({
    enforcement,
    outbox,
    clock,
    who,
    newId,
    blockPage,
    openedFrom: openedFrom.of,
    openerOf: openedFrom.openerOf,
    evidence,
    seen: {
      get: async (fingerprint) => {
        const { [fingerprint]: kept } = await browser.storage.session.get(fingerprint);
        const { id, at } = (kept ?? { at: 0 }) as { id?: string; at: number };
        // Later than this an adult may have dealt with the first: then it is a report of its own, and somebody looks.
        return clock.now() - at < SAME_REPORT_MS ? id : undefined;
      },
      set: (fingerprint, id) => browser.storage.session.set({ [fingerprint]: { id, at: clock.now() } }),
    },
  });

  const health = async (): Promise<Health> => {
    const [state, inForce, items] = await Promise.all([
      settings.current(),
      store.get('inForce'),
      store.outbox(),
    ]);
    const known = state.state === 'known' ? state.settings : null;
    const held = await readHeld(store, known);
    return {
      at: new Date(clock.now()).toISOString(),
      extensionVersion,
      stage: stageOf(known, held.orders),
      downloaded: versionsOf(held),
      inForce: inForce?.versions ?? { policy: null, catalogue: null, orders: null },
      waiting: items.filter(({ state: is }) => is === 'waiting').length,
      setAside: items.filter(({ state: is }) => is === 'aside').length,
      troubles: await troubles.list(),
    };
  };

  /** Brings what is stored in force, and judges every open tab by it. */
  const bringInForce = async (atOnce = false): Promise<void> => {
    await enforcement.apply(atOnce);
    await watch.sweep();
  };
  const keep = createKeepDocument({ store, clock, troubles });
  const sync = createSync({
    keep,
    store,
    clock,
    troubles,
    seats,
    settings: knownSettings,
    endpointOf,
    health,
    arrived: () => bringInForce(),
  });

  /** Device time goes on from the latest ever seen. */
  const ready = Promise.all([store.get('latestTime'), store.get('clockAhead'), store.get('ownTime')]).then(
    ([latest, ahead, ownThen]) => clock.startFrom(latest ?? 0, ahead ?? 0, ownThen),
  );

  return {
    ready,
    keepTime: () => keepTime(store, clock),
    blockPage,
    store,
    clock,
    news,
    settings,
    enforcement,
    bringInForce,
    holding,
    inView,
    watch,
    sync,
    outbox,
    reports,
    asked: createAsked(store, clock),
    networkClosed,
    openedFrom,
    health,
    troubles,
    keep,
    join: createJoin({
      settings: knownSettings,
      endpointOf,
      seats,
      fetchNow: async () => {
        await sync.run(true);
        // The endpoint may have put our clock right and have said nothing else that is new.
        await Promise.all([keepTime(store, clock), bringInForce()]);
      },
    }),
    knownSettings,
    timeZone: async () => (await readHeld(store, await knownSettings())).policy?.timeZone,
    /** Calls back whenever what Chrome enforces has changed, whether this context or another brought it about. */
    whenInForceChanges: (listener: () => void): void => {
      inForceListeners.push(listener);
      news.hear((heard) => {
        if (heard === 'rules') listener();
      });
    },
  };
}

/** Unpacked copies, for developers, tests and the demo, may carry their settings; a forced one never does. */
async function packagedSettings(browser: Chrome): Promise<Record<string, unknown> | null> {
  const { installType } = await browser.management.getSelf();
  if (installType !== 'development') return null;
  try {
    return (await (await fetch(browser.runtime.getURL('/settings.json' as '/'))).json()) as Record<
      string,
      unknown
    >;
  } catch {
    return null;
  }
}
