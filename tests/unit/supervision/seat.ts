import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { packagedRulesets } from '../../../rules/packaged.ts';
import { pupilRules } from '../../../rules/pupils.ts';
import type { Rule } from '../../../rules/rule.ts';
import type { Settings } from '../../../rules/settings.ts';
import type { Chrome } from '../../../utils/chrome.ts';
import { createDevice } from '../../../utils/device.ts';
import { isInUse } from '../../../utils/in-use.ts';
import { createLessons } from '../../../utils/lessons.ts';
import { createLife } from '../../../utils/life.ts';
import { createLive } from '../../../utils/live.ts';
import { createStore, type State, type StoredDocument } from '../../../utils/store.ts';
import { createWarning } from '../../../utils/warn.ts';
import type { Rulesets } from '../../engine/engine.ts';
import { outcomeOf } from '../../engine/model.ts';
import { type Around, createTimers, within } from './around.ts';
import type { Road } from './road.ts';

export const EXTENSION = 'a'.repeat(32);

/** What a profile holds that has enrolled and has heard its school once. */
export type Profile = {
  state: Partial<State>;
  documents: StoredDocument[];
  lists: { sha256: string; text: string }[];
  dynamic: Rule[];
  session: Rule[];
  /** `storage.session`. */
  kept: [string, unknown][];
};
export const newProfile: Profile = {
  state: {},
  documents: [],
  lists: [],
  dynamic: [],
  session: [],
  kept: [],
};

type Alarm = { when: number; everyMs: number | null };
type Worker = {
  around: Around;
  life: ReturnType<typeof createLife>;
  device: ReturnType<typeof createDevice>;
};
export type Seat = ReturnType<typeof createSeat>;

/**
 * One seat: the whole extension as `entrypoints/background` puts it together, on a browser of ours that knows time,
 * sleep, crashes and updates. `time` is true time in milliseconds; the computer's clock may say another.
 */
export function createSeat(
  name: string,
  time: () => number,
  given: { settings: Settings; account?: string; road: Road; looked: () => void },
) {
  const { settings, road, looked, account = '' } = given;
  let disk = new IDBFactory();
  let session = new Map<string, unknown>();
  let alarms = new Map<string, Alarm>();
  let sessionRules: Rule[] = [];
  let dynamicRules: Rule[] = [];
  const rulesets = new Set<string>(packagedRulesets);
  let worker: Worker | null = null;
  let ahead = 0;
  let lidSince: number | null = null;
  let slept = 0;
  let isRunning = true;
  let asked: (Rulesets & { open: Set<string> }) | null = null;
  const own = () => time() + ahead;
  /** Time that passes for the computer: under a closed lid none does. */
  const passed = () => (lidSince ?? time()) - slept;

  const replace = async (before: Rule[], { removeRuleIds = [], addRules = [] }: Replacement) => {
    const left = before.filter(({ id }) => !removeRuleIds.includes(id));
    const ids = new Set([...left, ...addRules].map(({ id }) => id));
    if (ids.size < left.length + addRules.length) throw new Error('Rule with a duplicate id');
    return [...left, ...addRules];
  };
  const filtered = (rules: Rule[], filter?: { ruleIds: number[] }) =>
    rules.filter(({ id }) => filter === undefined || filter.ruleIds.includes(id));
  const browser = {
    runtime: {
      id: EXTENSION,
      getManifest: () => ({ version: '1.0.0' }),
      getURL: (path: string) => `chrome-extension://${EXTENSION}${path}`,
    },
    management: { getSelf: async () => ({ installType: 'admin' }) },
    storage: {
      managed: { get: async () => structuredClone(settings) },
      session: {
        get: async (key: string) => (session.has(key) ? { [key]: session.get(key) } : {}),
        set: async (items: object) => {
          for (const [key, value] of Object.entries(items)) session.set(key, value);
        },
        remove: async (key: string) => void session.delete(key),
      },
    },
    identity: { getProfileUserInfo: async () => ({ email: account }) },
    declarativeNetRequest: {
      getSessionRules: async (filter?: { ruleIds: number[] }) => filtered(sessionRules, filter),
      getDynamicRules: async (filter?: { ruleIds: number[] }) => filtered(dynamicRules, filter),
      getEnabledRulesets: async () => [...rulesets],
      updateEnabledRulesets: async ({ enableRulesetIds = [], disableRulesetIds = [] }: Switch) => {
        for (const id of enableRulesetIds) rulesets.add(id);
        for (const id of disableRulesetIds) rulesets.delete(id);
      },
      updateSessionRules: async (change: Replacement) => {
        sessionRules = await replace(sessionRules, change);
      },
      updateDynamicRules: async (change: Replacement) => {
        dynamicRules = await replace(dynamicRules, change);
      },
    },
    alarms: {
      get: async (alarm: string) => alarms.get(alarm),
      create: async (
        alarm: string,
        { when, periodInMinutes }: { when?: number; periodInMinutes?: number },
      ) => {
        const everyMs = periodInMinutes === undefined ? null : periodInMinutes * 60_000;
        alarms.set(alarm, { when: when ?? own() + (everyMs ?? 0), everyMs });
      },
      clear: async (alarm: string) => alarms.delete(alarm),
    },
    idle: { queryState: async () => (lidSince === null ? 'active' : 'locked') },
    tabs: { query: async () => [] },
    webNavigation: { getFrame: async () => null, getAllFrames: async () => [] },
    browsingData: { remove: async () => {} },
    notifications: { create: async () => 'ending', clear: async () => true },
    i18n: { getMessage: (key: string) => key },
  } as unknown as Chrome;

  /** What a start of the worker does, whatever woke it. */
  function awake(): Worker {
    if (worker) return worker;
    const around: Around = { passed, timers: createTimers(passed), locks: new Map(), fetch: road.fetch };
    worker = within(around, () => {
      // The device opens its store here and now: each on its own disk.
      Object.assign(globalThis, { indexedDB: disk });
      const device = createDevice(browser, () => {
        looked();
        return own();
      });
      const lessons = createLessons({ ...device, ...createWarning(browser, device.timeZone) });
      const live = createLive({
        ...device,
        open: () => road.openSocket(around) as unknown as WebSocket,
        settings: device.knownSettings,
        isInUse: () => isInUse(browser),
        arrived: () => device.bringInForce(),
        fetchNow: () => device.sync.run(true),
      });
      const life = createLife(browser, device, { menus: () => {}, lessons, live });
      return { around, life, device };
    });
    return worker;
  }
  const does = (what: (worker: Worker) => unknown) => {
    const one = awake();
    within(one.around, () => void what(one));
  };
  /** The worker is gone: nothing of what it waited for comes back. */
  function sleep(): void {
    worker?.around.timers.stop();
    worker = null;
    road.workerGone();
  }

  return {
    name,
    road,
    own,
    /** How far the computer's clock is ahead of true time. */
    ahead: () => ahead,
    isRunning: () => isRunning,
    isLidOpen: () => lidSince === null,
    isAwake: () => worker !== null,
    /** The computer's clock was set back so far that Chrome's alarms wait for it (they go by the wall's clock). */
    alarmsWait: () =>
      ![...alarms.values()].some(({ everyMs, when }) => everyMs !== null && when <= own() + everyMs),
    sleep,
    async fill(profile: Profile): Promise<void> {
      disk = new IDBFactory();
      Object.assign(globalThis, { indexedDB: disk });
      // The store makes its tables; then all in one go.
      await createStore().get('seat');
      const opened = await openDB('keystage');
      const filling = opened.transaction(['state', 'documents', 'lists'], 'readwrite');
      const put = (table: string, value: unknown, key?: string) => filling.objectStore(table).put(value, key);
      await Promise.all([
        ...Object.entries(profile.state).map(([key, value]) => put('state', value, key)),
        ...profile.documents.map((document) => put('documents', document)),
        ...profile.lists.map((list) => put('lists', list)),
        filling.done,
      ]);
      [dynamicRules, sessionRules] = [profile.dynamic, profile.session];
      session = new Map(profile.kept);
    },
    /** What the profile holds now. */
    async read(): Promise<Profile> {
      const { store } = awake().device;
      const keys = [
        'settings',
        'settingsSaid',
        'installId',
        'seat',
        'inForce',
        'heardFromEndpointAt',
        'latestTime',
        'clockAhead',
        'ownTime',
      ] as const;
      const state = Object.fromEntries(
        await Promise.all(keys.map(async (key) => [key, await store.get(key)])),
      );
      const lists = await Promise.all(
        (await store.listKeys()).map(async (sha256) => ({ sha256, text: (await store.list(sha256)) ?? '' })),
      );
      return {
        state,
        documents: await store.documents(),
        lists,
        dynamic: dynamicRules,
        session: sessionRules,
        kept: [...session],
      };
    },
    seatId: async () => (await awake().device.store.get('seat'))?.seat ?? '',
    troubles: () => awake().device.troubles.list(),
    /** Everything of an earlier sequence is over. */
    reset(): void {
      sleep();
      session = new Map();
      alarms = new Map();
      [sessionRules, dynamicRules] = [[], []];
      [ahead, lidSince, slept, isRunning] = [0, null, 0, true];
    },
    /** A worker that wakes, long after its launch. */
    started: () => does(({ life }) => life.started()),
    launch(): void {
      isRunning = true;
      does(({ life }) => life.started());
    },
    /** Chrome ends; session rules and session storage end with it, alarms stay (CHROME-FACTS 8). */
    crash(): void {
      sleep();
      isRunning = false;
      session = new Map();
      sessionRules = [];
    },
    /** Session rules stay; alarms and session storage are gone (CHROME-FACTS 12). */
    update(): void {
      sleep();
      session = new Map();
      alarms = new Map();
      does(({ life }) => life.started());
    },
    closeLid(): void {
      does(({ life }) => life.idleChanged('locked'));
    },
    lidClosed(): void {
      lidSince = time();
    },
    openLid(): void {
      slept += time() - (lidSince ?? time());
      lidSince = null;
      does(({ life }) => life.idleChanged('active'));
    },
    cameOnline: () => does(({ life }) => life.online()),
    stepClock: (ms: number) => {
      ahead += ms;
    },
    /** A child opens a page: the worker wakes, and judges nothing but it. */
    navigate: () =>
      does(({ device }) =>
        device.watch.committed({
          tabId: 1,
          frameId: 0,
          url: 'https://essential.example/',
          documentLifecycle: 'active',
        }),
      ),
    join: (code: string) => does(({ device }) => device.join(code)),
    /** Orders that somebody puts in the way of the real ones, as if the endpoint had pushed them. */
    push: (jws: string) => road.socket()?.forge(JSON.stringify({ type: 'orders', jws, etag: '"x"' })),

    /** When something of this seat rings next, in true time. */
    next(grainMs: number): number {
      if (!isRunning || lidSince !== null) return Number.POSITIVE_INFINITY;
      const fine = grainMs <= 30_000;
      const due = [...alarms.values()]
        .filter(({ everyMs }) => fine || everyMs === null)
        .map(({ when }) => time() + Math.max(0, when - own()));
      const timer = worker?.around.timers.next(fine ? 'with-periods' : 'without-periods');
      return Math.min(
        Number.POSITIVE_INFINITY,
        ...due,
        timer === undefined ? Number.POSITIVE_INFINITY : timer - passed() + time(),
      );
    },
    /** Rings what is due. */
    ring(): void {
      if (!isRunning || lidSince !== null) return;
      worker?.around.timers.ring();
      let rings = false;
      for (const [alarm, one] of alarms) {
        if (one.when > own()) continue;
        rings = true;
        if (one.everyMs === null) alarms.delete(alarm);
        else one.when = own() + one.everyMs;
      }
      if (rings) does(({ life }) => life.rang());
    },
    /** Which of these addresses Chrome's rules let through as a page. */
    opens(probes: readonly string[]): Set<string> {
      const pupils = rulesets.has('pupils') ? forPupils : [];
      if (
        asked?.session !== sessionRules ||
        asked.dynamic !== dynamicRules ||
        asked.pupils?.length !== pupils.length
      ) {
        const rules = { session: sessionRules, dynamic: dynamicRules, pupils };
        const open = new Set(probes.filter((url) => outcomeOf(rules, { url, type: 'main_frame' }).open));
        asked = { ...rules, open };
      }
      return asked.open;
    },
  };
}

const forPupils = pupilRules(EXTENSION);

type Switch = { enableRulesetIds?: string[]; disableRulesetIds?: string[] };
type Replacement = { removeRuleIds?: number[]; addRules?: Rule[] };
