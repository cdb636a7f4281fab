import { waitInForce } from '../fixtures/inForce.ts';
import { oak, startForOak, untilJoined, untilLive } from '../fixtures/lessons.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';
import { openSchool } from '../fixtures/school.ts';
import { openSite } from '../fixtures/site.ts';
import { unpackFor } from '../fixtures/unpacked.ts';
import { type Bench, counting, type Figure, medianOf } from './figures.ts';

/** What an adult taps, in turns; each is in force when the seat's page shows it. */
const taps = ['start', 'eyes up', 'let go', 'stop'] as const;
type Tap = (typeof taps)[number];
type Taken = { tap: Tap; inForceMs: number; shownMs: number };

/**
 * From the tap to the seat: the console's API is called as its button calls it, and the seat's own rules and page say
 * when it counts (issue 4: 2 s, 95th percentile). One machine, so one clock.
 */
export const run: Bench = async ({ times = 200, say }) => {
  const site = await openSite();
  const school = await openSchool();
  try {
    const { extensionId, folder } = await unpackFor(school, 'KS2', { group: oak.group });
    const seat = await openProfile({ extensionId, unpacked: folder, resolverRules: site.resolverRules });
    try {
      await waitInForce(seat, { policy: true, stage: 'KS2', lists: true });
      await untilLive(school);
      const inForce = await watchInForce(seat);
      const page = await seat.visit(oak.address);
      const coordinator = await school.coordinator();
      const count = counting(say, 'taps', times);
      const taken: Taken[] = [];
      let id = '';
      const act: Record<Tap, () => Promise<unknown>> = {
        start: async () => {
          ({ id } = await startForOak(school));
        },
        'eyes up': () => coordinator.changeLesson(id, { change: 'eyes-up', on: true }),
        'let go': () => coordinator.changeLesson(id, { change: 'eyes-up', on: false }),
        stop: () => coordinator.changeLesson(id, { change: 'stop' }),
      };
      for (let nth = 0; nth < times; nth += 1) {
        const tap = taps[nth % taps.length] ?? 'start';
        const opens = tap === 'start' || tap === 'let go';
        const shows = opens ? oak.address : `${seat.own('blocked.html')}**`;
        const shown = page.waitForURL(shows, { waitUntil: 'commit', timeout: 60_000 }).then(() => Date.now());
        const rules = inForce.next();
        const tappedAt = Date.now();
        const [, inForceAt, shownAt] = await Promise.all([act[tap](), rules, shown]);
        taken.push({ tap, inForceMs: inForceAt - tappedAt, shownMs: shownAt - tappedAt });
        if (tap === 'start') await untilJoined(school, id);
        count(nth + 1);
      }
      await inForce.close();
      return figuresOf(taken);
    } finally {
      await seat.close();
    }
  } finally {
    await school.close();
    await site.close();
  }
};

/** When Chrome's rules have changed, in milliseconds since 1970, as the extension tells its own pages. */
async function watchInForce(seat: Profile) {
  const page = await seat.context.newPage();
  await page.goto(seat.own('status.html'));
  let heard: (at: number) => void = () => {};
  await page.exposeFunction('heardInForce', (at: number) => heard(at));
  await page.evaluate(() => {
    new BroadcastChannel('keystage').onmessage = ({ data }) => {
      const tell = (globalThis as unknown as { heardInForce: (at: number) => void }).heardInForce;
      if (data === 'rules') tell(Date.now());
    };
  });
  return {
    /** The first from now on. */
    next: () =>
      new Promise<number>((resolve) => {
        heard = resolve;
      }),
    close: () => page.close(),
  };
}

function figuresOf(taken: readonly Taken[]): Figure[] {
  const bound = { atMost: 2_000, of: 'value' } as const;
  const all = (of: (one: Taken) => number) => taken.map(of);
  return [
    medianOf(
      'tap to rules in force',
      'ms',
      all(({ inForceMs }) => inForceMs),
    ),
    percentile(
      'tap to rules in force, 95th percentile',
      all(({ inForceMs }) => inForceMs),
      bound,
    ),
    medianOf(
      'tap to page shown',
      'ms',
      all(({ shownMs }) => shownMs),
    ),
    percentile(
      'tap to page shown, 95th percentile',
      all(({ shownMs }) => shownMs),
      bound,
    ),
    ...taps.map((tap) =>
      medianOf(
        `${tap}: tap to page shown`,
        'ms',
        taken.filter((one) => one.tap === tap).map(({ shownMs }) => shownMs),
      ),
    ),
  ];
}

function percentile(name: string, values: readonly number[], bound: NonNullable<Figure['bound']>): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
  return {
    name,
    unit: 'ms',
    value,
    times: values.length,
    bound,
    note: `longest ${Math.round(sorted.at(-1) ?? 0)} ms`,
  };
}
