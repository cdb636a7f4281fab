import { setTimeout } from 'node:timers/promises';
import { keepClassList } from '../../admin/groups/keep.ts';
import { openStore } from '../../admin/store/open.ts';
import type { Coordinator } from '../fixtures/coordinator.ts';
import { examplePolicy } from '../fixtures/examplePolicy.ts';
import { openSchool, type School } from '../fixtures/school.ts';
import { type Bench, type Figure, median } from './figures.ts';
import { type Expected, enrolAs, type LiveSeat, openLiveSeat, publicKeyOf } from './lessons/live-seat.ts';
import { costOf } from './lessons/process-cost.ts';

const SEATS = 2_000;
/** As many classes as one lesson may name, so that one tap can reach every seat. */
const CLASSES = 20;
const AT_ONCE = 50;
/** Nobody taps faster, and a seat that says more than ten words a second is closed. */
const BETWEEN_TAPS_MS = 125;

type Group = { id: string; name: string; stage: 'KS2' | 'KS3' | 'KS4' };
type Tap = { name: string; made: () => Promise<unknown>; fits: Expected };

/** 2,000 pupils by class list, each at a seat with a live channel. `times`: taps for each of the two sizes of lesson. */
export const run: Bench = async ({ times = 200, say }) => {
  const groups = ((await examplePolicy()) as unknown as { groups: Group[] }).groups
    .filter(({ stage }) => ['KS2', 'KS3', 'KS4'].includes(stage))
    .slice(0, CLASSES);
  const school = await openSchool();
  let seats: LiveSeat[] = [];
  try {
    await importPupils(school, groups);
    const before = await costOf(school.pid());
    seats = await connectAll(school, say);
    const connected = await costOf(school.pid());
    say(
      `  endpoint: ${before.memoryMb.toFixed(0)} MB before, ${connected.memoryMb.toFixed(0)} MB with ${SEATS} seats`,
    );
    const desk = await school.coordinator();
    const oneClass = seats.filter((_, index) => index % CLASSES === 0);
    const all = groups.map(({ id }) => id);
    const figures = [
      ...(await tapAndWait(
        school,
        desk,
        { name: 'one class', groups: all.slice(0, 1), seats: oneClass },
        times,
        say,
      )),
      ...(await tapAndWait(school, desk, { name: 'the whole school', groups: all, seats }, times, say)),
    ];
    const after = await costOf(school.pid());
    return [
      ...figures,
      {
        name: `endpoint memory with ${SEATS} seats`,
        unit: 'MB',
        value: after.memoryMb,
        times: 1,
        note: `${before.memoryMb.toFixed(0)} MB before they came, ${connected.memoryMb.toFixed(0)} MB before the taps, at most ${after.peakMb.toFixed(0)} MB`,
      },
    ];
  } finally {
    for (const seat of seats) seat.close();
    await school.close();
  }
};

/** The class list, as an import would keep it. */
async function importPupils(school: School, groups: readonly Group[]): Promise<void> {
  const store = await openStore(school.folder);
  try {
    const pupils = Array.from({ length: SEATS }, (_, index) => {
      const group = groups[index % CLASSES] as Group;
      return { account: accountOf(index), name: `Pupil ${index}`, stage: group.stage, groups: [group.id] };
    });
    await keepClassList(
      store,
      { groups: [...groups], pupils, teaches: [] },
      { person: null, name: 'bench' },
      new Date(),
    );
  } finally {
    await store.destroy();
  }
}

const accountOf = (index: number): string => `pupil-${index}@school.example`;

async function connectAll(school: School, say: (line: string) => void): Promise<LiveSeat[]> {
  const settings = school.settings('KS2');
  const publicKey = publicKeyOf(settings);
  const seats: LiveSeat[] = [];
  for (let from = 0; from < SEATS; from += AT_ONCE)
    seats.push(
      ...(await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, index) =>
          openLiveSeat(settings, publicKey, await enrolAs(settings, accountOf(from + index))),
        ),
      )),
    );
  say(`  ${seats.length} seats are connected`);
  return seats;
}

/**
 * Taps *start*, *eyes up*, *go on* and *stop* in turns, and waits each time until every seat of the lesson has
 * verified the orders that say so. The clock runs from when the request is sent.
 */
async function tapAndWait(
  school: School,
  desk: Coordinator,
  { name, groups, seats }: { name: string; groups: string[]; seats: readonly LiveSeat[] },
  times: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const each: number[] = [];
  const last: number[] = [];
  const byTap = new Map<string, number[]>();
  const costBefore = await costOf(school.pid());
  const began = performance.now();
  let tapMayBeAt = 0;
  let lesson = '';
  const taps: Tap[] = [
    {
      name: 'start',
      made: async () => {
        const endsAt = new Date(Date.now() + 30 * 60_000).toISOString();
        const sites = [{ entry: 'maps.example/rivers' }, { entry: 'www.museum.example/romans' }];
        ({ id: lesson } = await desk.startLesson({ groups, kind: 'directed', sites, endsAt }));
      },
      fits: ({ lessons }) => lessons.length === 1,
    },
    {
      name: 'eyes up',
      made: () => desk.changeLesson(lesson, { change: 'eyes-up', on: true }),
      fits: ({ lessons }) => lessons[0]?.eyesUpSince !== undefined,
    },
    {
      name: 'go on',
      made: () => desk.changeLesson(lesson, { change: 'eyes-up', on: false }),
      fits: ({ lessons }) => lessons.length === 1 && lessons[0]?.eyesUpSince === undefined,
    },
    {
      name: 'stop',
      made: () => desk.changeLesson(lesson, { change: 'stop' }),
      fits: ({ lessons }) => lessons.length === 0,
    },
  ];
  for (let count = 0; count < times; count += 1) {
    const tap = taps[count % taps.length] as Tap;
    await setTimeout(Math.max(0, tapMayBeAt - performance.now()));
    tapMayBeAt = performance.now() + BETWEEN_TAPS_MS;
    // Nothing is in flight: what a seat waits for does not hold before the tap.
    const arrivals = seats.map((seat) => seat.until(tap.fits));
    const tappedAt = performance.now();
    const answered = tap.made();
    const took = (await Promise.all(arrivals)).map((at) => at - tappedAt);
    await answered;
    for (const one of took) each.push(one);
    last.push(Math.max(...took));
    byTap.set(tap.name, [...(byTap.get(tap.name) ?? []), ...took]);
  }
  const seconds = (performance.now() - began) / 1_000;
  const cost = await costOf(school.pid());
  const cpu = cost.cpuSeconds - costBefore.cpuSeconds;
  for (const [tap, took] of byTap)
    say(
      `  ${name}, ${tap}: median ${median(took).toFixed(0)} ms, 95 % within ${percentile(took, 95).toFixed(0)} ms`,
    );
  const where = `${name} (${seats.length} seats)`;
  return [
    { name: `${where}: tap to orders verified`, unit: 'ms', value: median(each), times },
    {
      name: `${where}: the same, 95th percentile`,
      unit: 'ms',
      value: percentile(each, 95),
      times,
      bound: { atMost: 2_000, of: 'value' },
      note: `slowest ${percentile(each, 100).toFixed(0)} ms`,
    },
    {
      name: `${where}: until the last seat, 95th percentile`,
      unit: 'ms',
      value: percentile(last, 95),
      times,
      bound: { atMost: 2_000, of: 'value' },
    },
    {
      name: `${where}: endpoint, processor time a tap`,
      unit: 'ms',
      value: (cpu * 1_000) / times,
      times,
      note: `${((cpu / seconds) * 100).toFixed(0)} % of a core while tapping`,
    },
  ];
}

function percentile(values: readonly number[], of: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * of) / 100) - 1)] ?? Number.NaN;
}
