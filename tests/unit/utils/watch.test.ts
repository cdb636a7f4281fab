import { expect, test } from 'vitest';
import { parseAddress } from '../../../rules/address.ts';
import type { Documents } from '../../../rules/documents.ts';
import { Policy } from '../../../rules/policy.ts';
import { type Situation, unknownSituation } from '../../../rules/situation.ts';
import { standingOf } from '../../../rules/standing.ts';
import { createClosedFrames } from '../../../utils/closed-frames.ts';
import { createEvidence } from '../../../utils/evidence.ts';
import { createHolding, type Holds } from '../../../utils/holding.ts';
import { createInView, withoutNeedlessEscapes } from '../../../utils/in-view.ts';
import { createOpenedFrom } from '../../../utils/opened-from.ts';
import { createSiteWorkers } from '../../../utils/site-workers.ts';
import { createStoppedFrames } from '../../../utils/stopped-frames.ts';
import { createWatch, type Frame, type Tab } from '../../../utils/watch.ts';
import { examplePolicy } from '../../fixtures/examplePolicy.ts';

const blockPage = 'chrome-extension://id/blocked.html';
const documents: Documents = { policy: null, orders: null, lists: new Map(), listsInForce: false };
const situation = unknownSituation(0);
/** A device that has only its stage: everything is closed but the helplines. */
const strict: Holds = {
  held: { policy: null, orders: null, catalogue: null },
  documents,
  situation,
  standing: { ...standingOf(documents, situation), known: true },
};
const nothingKnown: Holds = { ...strict, standing: { ...strict.standing, known: false } };
const help = 'https://www.childline.org.uk/';

function sessionStorage() {
  const kept = new Map<string, unknown>();
  return {
    get: async (key: string) => (kept.has(key) ? { [key]: kept.get(key) } : {}),
    set: async (items: object) => {
      for (const [key, value] of Object.entries(items)) kept.set(key, value);
    },
    remove: async (key: string) => void kept.delete(key),
  };
}

/** A watch over a browser that does what it is told, and tells it. */
function setUp({
  tabs = [],
  frames = [],
  reported = false,
  holds = strict,
  holding = () => holds,
}: {
  tabs?: Tab[];
  frames?: Frame[];
  reported?: boolean;
  holds?: Holds;
  holding?: () => Holds;
} = {}) {
  const did: string[] = [];
  const later: (() => void)[] = [];
  const show = async (tabId: number, url: string) => void did.push(`show ${tabId} ${url.split('#')[1]}`);
  const siteWorkers = createSiteWorkers(
    {
      browsingData: {
        remove: async ({ origins }: { origins: string[] }) => void did.push(`remove ${origins.join(' ')}`),
      },
    } as never,
    { isKept: async () => reported },
  );
  let now = 0;
  const closedFrames = createClosedFrames({
    siteWorkers,
    reload: async (tabId) => did.push(`reload ${tabId}`),
    show,
    later: (_, what) => later.push(what),
    now: () => now,
  });
  const watch = createWatch({
    holding: { now: async () => holding(), forget: () => {} },
    inView: createInView(async () => false),
    tabs: {
      all: async () => tabs,
      addressOf: async (tabId) => tabs.find(({ id }) => id === tabId)?.url,
      framesOf: async () => frames,
      show,
    },
    siteWorkers,
    closedFrames,
    stoppedFrames: createStoppedFrames(sessionStorage()),
    openerOf: async (tabId) => (tabId === 2 ? 'https://opener.example/' : undefined),
    blockPage,
  });
  const inFrame = (url = 'https://closed.example/') => watch.committed({ tabId: 1, frameId: 7, url });
  const pageLoaded = () => watch.committed({ tabId: 1, frameId: 0, url: help });
  return {
    watch,
    did,
    later,
    inFrame,
    pageLoaded,
    passes: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}
const helpTab: Tab[] = [{ id: 1, url: help }];

test('a page that Chrome prepares in the background closes nothing that is in view', async () => {
  const { watch, did } = setUp({ tabs: helpTab });
  const prepared = { tabId: 1, url: 'https://closed.example/', documentLifecycle: 'prerender' };
  await watch.committed({ ...prepared, frameId: 0 });
  await watch.committed({ ...prepared, frameId: 7 });
  expect(did).toEqual([]);
  await watch.committed({ ...prepared, frameId: 0, documentLifecycle: 'active' });
  expect(did).toEqual(['show 1 https://closed.example/', 'remove https://closed.example']);
});

/** What no rule of Chrome's meets (CHROME-FACTS 4), and what the block page says of it. */
const unseen = [
  ['data:text/html,<h1>a game', 'data:'],
  ['blob:https://site.example/8a1d', 'blob:https://site.example/8a1d'],
  ['file:///media/removable/stick/game.html', 'file:///media/removable/stick/game.html'],
  ['filesystem:https://site.example/temporary/a.html', 'filesystem:https://site.example/temporary/a.html'],
] as const;

test.each(unseen)(
  'promise 8: %s is closed for a pupil, as it commits and in a tab that is there',
  async (url, named) => {
    const committing = setUp();
    await committing.watch.committed({ tabId: 1, frameId: 0, url });
    expect(committing.did).toContain(`show 1 ${named}`);
    const there = setUp({ tabs: [{ id: 1, url }] });
    await there.watch.sweep();
    expect(there.did).toContain(`show 1 ${named}`);
  },
);

test.each(unseen)('%s is an adult’s own', async (url) => {
  const holds = { ...strict, standing: { ...strict.standing, guarded: false } };
  const { watch, did } = setUp({ holds });
  await watch.committed({ tabId: 1, frameId: 0, url });
  expect(did).toEqual([]);
});

test('while nothing is known yet, no site loses what it keeps for working offline', async () => {
  const { watch, did } = setUp({ holds: nothingKnown });
  await watch.committed({ tabId: 1, frameId: 0, url: 'https://approved.example/' });
  expect(did).toEqual(['show 1 https://approved.example/']);
});

test('a closed frame: both sites lose their workers, and the page is loaded again, twice at most', async () => {
  const { did, later, inFrame, pageLoaded, passes } = setUp({ tabs: helpTab });
  const removed = 'remove https://closed.example https://www.childline.org.uk';
  await inFrame();
  // A second frame of the same page: one load is enough for both.
  await inFrame();
  expect(did.splice(0)).toEqual([removed, 'reload 1', removed]);
  await pageLoaded();
  for (const look of later.splice(0)) look();
  expect(did).toEqual([]);
  await inFrame();
  await pageLoaded();
  await inFrame();
  expect(did.splice(0)).toEqual([removed, 'reload 1', removed, 'show 1 https://closed.example/']);
  passes(10_001);
  await inFrame();
  expect(did).toEqual([removed, 'reload 1']);
});

test('a page that asks whether it may go is gone all the same', async () => {
  const { did, later, inFrame } = setUp({ tabs: helpTab });
  await inFrame();
  for (const look of later) look();
  expect(did.at(-1)).toBe('show 1 https://closed.example/');
});

test('what a reported site left stays, and its frame takes the page along', async () => {
  const { did, inFrame } = setUp({ tabs: helpTab, reported: true });
  await inFrame();
  expect(did).toEqual(['show 1 https://closed.example/']);
});

test('a sweep judges what stands behind view-source:, empty windows by their opener, and frames in view', async () => {
  const frame = (frameId: number, url: string, rest = {}): Frame => ({ frameId, url, ...rest });
  const { watch, did } = setUp({
    tabs: [
      ...helpTab,
      { id: 2, url: 'about:blank' },
      { id: 3, url: 'about:blank' },
      { id: 4, url: 'view-source:https://closed.example/' },
      { id: 5, url: help, discarded: true },
    ],
    frames: [
      frame(0, help),
      frame(5, 'https://refused.example/', { errorOccurred: true }),
      frame(6, 'https://kept.example/', { documentLifecycle: 'cached' }),
      frame(7, 'https://closed.example/'),
      frame(8, 'https://second.example/'),
    ],
  });
  await watch.sweep();
  expect(did.filter((line) => !line.startsWith('remove')).sort()).toEqual([
    'reload 1',
    'show 2 https://opener.example/',
    // Whoever wrote into it, a closed frame does not stay in an empty window.
    'show 3 https://closed.example/',
    'show 4 https://closed.example/',
  ]);
});

test('a page in view is judged, also where the tab is on its way to an open one or to none that answers', async () => {
  const { watch, did } = setUp({
    tabs: [
      { id: 1, url: 'https://closed.example/', pendingUrl: help },
      { id: 2, url: 'about:blank#x' },
      { id: 3, url: help, pendingUrl: 'https://closed.example/next' },
      { id: 4, url: 'https://closed.example/', pendingUrl: `${blockPage}#already` },
      { id: 5, url: '', pendingUrl: 'https://closed.example/start' },
    ],
  });
  await watch.sweep();
  expect(did.filter((line) => line.startsWith('show')).sort()).toEqual([
    'show 1 https://closed.example/',
    'show 2 https://opener.example/',
    'show 3 https://closed.example/next',
    'show 5 https://closed.example/start',
  ]);
});

test('a frame whose load was stopped stands there, one that a rule closed does not', async () => {
  const frames = (frame: Frame) => setUp({ tabs: helpTab, frames: [{ frameId: 0, url: help }, frame] });
  const stopped = frames({ frameId: 5, url: 'https://closed.example/', errorOccurred: true });
  await stopped.watch.sweep();
  expect(stopped.did).toEqual([]);
  const failed = { tabId: 1, frameId: 5, url: 'https://closed.example/' };
  await stopped.watch.refused({ ...failed, error: 'net::ERR_BLOCKED_BY_CLIENT' });
  await stopped.watch.sweep();
  expect(stopped.did).toEqual([]);
  await stopped.watch.refused({ ...failed, error: 'net::ERR_ABORTED' });
  await stopped.watch.sweep();
  expect(stopped.did).toContain('reload 1');
});

test('a frame that its site replaced by what has no address goes with its site, one that was led elsewhere stays', async () => {
  const frames: Frame[] = [{ frameId: 0, url: help }];
  const opened = [{ host: 'lesson.example', reason: 'open until its end' }];
  let holds: Holds = { ...strict, standing: { ...strict.standing, essential: opened } };
  const { watch, did, pageLoaded } = setUp({ tabs: helpTab, frames, holding: () => holds });
  const came = (frameId: number, url: string) => watch.committed({ tabId: 1, frameId, url });
  const lesson = 'https://lesson.example/';
  await pageLoaded();
  await came(7, lesson);
  // By its own `blob:` Chrome does not list it at all, emptied it has no address; elsewhere it is another's.
  await came(8, lesson);
  await came(9, lesson);
  await came(9, help);
  frames.push({ frameId: 8, url: 'about:blank' }, { frameId: 9, url: help });
  await watch.sweep();
  expect(did).toEqual([]);
  holds = strict;
  await watch.sweep();
  expect(did).toEqual(['remove https://lesson.example https://www.childline.org.uk', 'reload 1']);
  // Loaded again it is another page.
  await pageLoaded();
  await watch.sweep();
  expect(did).toHaveLength(2);
});

test('what holds is read once, until it is told, ends, or half a minute has passed', async () => {
  let reads = 0;
  let now = 0;
  const known: Situation = { ...situation, stage: 'KS2' };
  let policy: Policy | null = Policy.parse(await examplePolicy());
  const read = async () => {
    reads += 1;
    const state = { state: 'unknown' as const };
    return { ...strict, documents: { ...documents, policy }, situation: known, state };
  };
  const holding = createHolding({ read }, () => now);
  await Promise.all([holding.now(), holding.now()]);
  await holding.now();
  expect(reads).toBe(1);
  holding.forget();
  await holding.now();
  expect(reads).toBe(2);
  now += 30_000;
  await holding.now();
  expect(reads).toBe(3);
  // What was not known may have been a disk that could not be read.
  policy = null;
  holding.forget();
  await holding.now();
  await holding.now();
  expect(reads).toBe(5);
});

test('a reported site is kept for thirty days, by a fingerprint', async () => {
  let kept: { site: string; at: number }[] | undefined;
  let now = 0;
  const store = {
    get: async () => kept,
    set: async (_: string, value: typeof kept) => {
      kept = value;
    },
  };
  const evidence = createEvidence(store as never, { now: () => now });
  await evidence.keep(['https://bad.example']);
  await evidence.keep(['https://other.example']);
  expect(JSON.stringify(kept)).not.toContain('example');
  expect(await evidence.isKept(['https://fine.example', 'https://bad.example'])).toBe(true);
  expect(await evidence.isKept(['https://fine.example'])).toBe(false);
  now += 30 * 24 * 3_600_000;
  expect(await evidence.isKept(['https://bad.example'])).toBe(false);
});

test('what Chrome prepares in the background is nobody’s visit, and not where a page was opened from', async () => {
  const kept = new Map<string, unknown>();
  const openedFrom = createOpenedFrom(
    {
      get: async (key) => Object.fromEntries([...kept].filter(([name]) => name === key)),
      set: async (items) => {
        for (const [name, value] of Object.entries(items)) kept.set(name, value);
      },
      remove: async (key) => void kept.delete(key),
    },
    async (_, frameId) => (frameId === 0 ? 'https://seen.example/page' : 'about:blank'),
  );
  const went = { tabId: 1, frameId: 0, transitionType: 'link' };
  await openedFrom.committed({ ...went, url: 'https://seen.example/page' });
  await openedFrom.committed({ ...went, url: 'https://ahead.example/', documentLifecycle: 'prerender' });
  await openedFrom.committed({ ...went, url: 'https://next.example/' });
  expect(await openedFrom.of(1)).toBe('seen.example');
  // An empty window knows the page that opened it, also from a frame without an address; its opener may empty it again.
  await openedFrom.openedTab({ sourceTabId: 1, sourceFrameId: 5, tabId: 2, url: 'about:blank' });
  expect(await openedFrom.openerOf(2)).toBe('https://seen.example/page');
  await openedFrom.committed({ ...went, tabId: 2, url: 'https://its-own.example/' });
  expect(await openedFrom.openerOf(2)).toBe('https://seen.example/page');
  // Nobody opened this one: what stood in it is all that is known.
  expect(await openedFrom.openerOf(1)).toBe('https://next.example/');
  expect(await openedFrom.openerOf(3)).toBeUndefined();
  expect(await openedFrom.openerOf(null)).toBeUndefined();
});

test.each([
  ['https://a.example/%67ames', 'https://a.example/games'],
  ['https://a.example/%7Euser?%73afe=off', 'https://a.example/~user?safe=off'],
  ['https://a.example/a%2Fb%20c', null],
  ['https://a.example/games', null],
])('%s without needless escapes: %s', (url, plain) => {
  const address = parseAddress(url);
  expect(address && (withoutNeedlessEscapes(address)?.href ?? null)).toBe(plain);
});
