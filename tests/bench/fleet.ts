import { openSchool, type School } from '../fixtures/school.ts';
import { openSite, type Site } from '../fixtures/site.ts';
import { type Bench, type Figure, medianOf } from './figures.ts';
import { countedWay } from './fleet/counted.ts';
import { type FreshProfile, openFreshProfile } from './fleet/fresh-profile.ts';
import { fetchAsFresh } from './fleet/simulated-seat.ts';

const REAL_AT_ONCE = 3;

/** Thirty profiles in one classroom, all new, in the same minute: some are real browsers, the rest speak like them. */
async function allAtOnce(
  school: School,
  site: Site,
  count: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const real = Math.min(REAL_AT_ONCE, count);
  const way = await countedWay(school.url);
  const opened: FreshProfile[] = [];
  try {
    say(`  ${count} fresh profiles: ${real} in Chromium, ${count - real} simulated`);
    const settings = school.settings('KS2');
    await Promise.all(
      Array.from({ length: real }, async (_, index) => {
        opened.push(await openFreshProfile(school, site, `fresh-${index}`));
      }),
    );
    const profiles = opened.map(async (profile, index) => {
      const moments = await profile.moments();
      say(`  Chromium ${index + 1}: lists in force`);
      return { profile, moments };
    });
    // A browser takes a while before it asks for anything; the simulated seats ask when the first of them does.
    await Promise.race(opened.map(({ way: own }) => own.used));
    const seats = Array.from({ length: count - real }, () => fetchAsFresh(way.url, settings));
    const simulated = await Promise.all(seats);
    say('  simulated seats: done');
    const done = await Promise.all(profiles);

    const firstAsked = await Promise.all(done.map(({ profile }) => profile.way.used));
    const { down, up } = way.bytes();
    const perSeat = (down + up) / Math.max(1, simulated.length) / 1_000;
    const since = (pick: (moments: (typeof done)[number]['moments']) => number) =>
      done.map(({ profile, moments }) => pick(moments) - profile.browser.launchedAt);
    return [
      ...(simulated.length === 0
        ? []
        : [
            medianOf(
              'simulated seat: policy and orders held',
              'ms',
              simulated.map(({ msToSmall }) => msToSmall),
            ),
            medianOf(
              'simulated seat: lists held',
              'ms',
              simulated.map(({ msToAll }) => msToAll),
              { note: `slowest ${Math.max(...simulated.map(({ msToAll }) => msToAll)).toFixed(0)} ms` },
            ),
            { name: 'simulated seat: bytes', unit: 'kB', value: perSeat, times: simulated.length } as const,
          ]),
      medianOf(
        'Chromium: launch to worker',
        'ms',
        since(({ began }) => began.at),
      ),
      medianOf(
        'Chromium: launch to the first request',
        'ms',
        firstAsked.map((at, index) => at - (done[index]?.profile.browser.launchedAt ?? at)),
        { note: 'until then Chromium keeps the managed settings back' },
      ),
      medianOf(
        'Chromium: launch to approved sites open',
        'ms',
        since(({ policy }) => policy.at),
      ),
      medianOf(
        'Chromium: launch to lists in force',
        'ms',
        since(({ lists }) => lists.at),
      ),
      medianOf(
        'Chromium: bytes, both directions',
        'kB',
        done.map(({ profile }) => (profile.way.bytes().down + profile.way.bytes().up) / 1_000),
      ),
    ];
  } finally {
    await Promise.all(opened.map((profile) => profile.close()));
    await way.close();
  }
}

/** A fresh profile finds no endpoint: what a child sees, and how soon all is well once it is back. */
async function endpointDown(school: School, site: Site, say: (line: string) => void): Promise<Figure[]> {
  await school.kill();
  const profile = await openFreshProfile(school, site, 'endpoint-down');
  try {
    await profile.marks.next('in force', 0);
    // Long enough down for the first tries to have failed: what is measured is the waiting between tries.
    say('  the endpoint is down; a child goes to an approved site');
    const tab = await profile.browser.openTab('about:blank');
    await tab.send('Page.enable');
    const shown = new Promise<string>((resolve) => {
      tab.on('Page.lifecycleEvent', ({ name }: { name: string }) => {
        if (name === 'firstContentfulPaint') void headingIn(tab).then((text) => text && resolve(text));
      });
    });
    await tab.send('Page.setLifecycleEventsEnabled', { enabled: true });
    await tab.send('Page.navigate', { url: 'https://thenational.academy/pupils' });
    say(`  the page says: "${await shown}"`);
    const reached = site.pages('thenational.academy').length;

    const backAt = Date.now();
    await school.start();
    const startedAt = Date.now();
    say('  the endpoint is back');
    const { policy, lists } = await profile.moments(10 * 60_000);
    say(`  policy in force ${policy.at - startedAt} ms after it was ready`);
    return [
      {
        name: 'endpoint down: approved pages that opened without a policy',
        unit: '',
        value: reached,
        times: 1,
        bound: { atMost: 0, of: 'value' },
      },
      {
        name: 'endpoint back: until approved sites open',
        unit: 'ms',
        value: policy.at - startedAt,
        times: 1,
        note: `endpoint started in ${startedAt - backAt} ms`,
      },
      { name: 'endpoint back: until lists in force', unit: 'ms', value: lists.at - startedAt, times: 1 },
    ];
  } finally {
    await profile.close();
  }
}

async function headingIn(tab: { send(method: string, params?: object): Promise<unknown> }): Promise<string> {
  const expression = "document.querySelector('h1')?.textContent ?? ''";
  const answer = (await tab.send('Runtime.evaluate', { expression })) as { result?: { value?: string } };
  return answer.result?.value ?? '';
}

/** A class opens its computers for the first time. `times`: how many profiles at once. */
export const run: Bench = async ({ times = 30, say }) => {
  const site = await openSite();
  const school = await openSchool();
  try {
    return [...(await allAtOnce(school, site, times, say)), ...(await endpointDown(school, site, say))];
  } finally {
    await school.close();
    await site.close();
  }
};
