import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { waitInForce } from '../fixtures/inForce.ts';
import { pressReport } from '../fixtures/press.ts';
import { openProfile, type Profile, type ProfileOptions } from '../fixtures/profile.ts';
import { openSchool, type School } from '../fixtures/school.ts';
import { openSite } from '../fixtures/site.ts';
import { unpackFor } from '../fixtures/unpacked.ts';
import { type Bench, counting, type Figure } from './figures.ts';
import { paintedAt } from './speed/painted.ts';

/** How long the lid is down, in milliseconds. */
const LID_MS = 3_000;
/** Within this time after the press the child signs out or closes the lid, in milliseconds. */
const WITHIN_MS = 2_000;

type Leaving = { profile: Profile; arrived: () => Promise<boolean> };

/** What a child does right after the press. The profile is wiped at the end of each, as an ephemeral one is. */
const endings = {
  'signs out': ({ profile }: Leaving) => profile.close(),
  'closes the lid, opens it and goes on': async ({ profile, arrived }: Leaving) => {
    await lid(profile);
    // The device has as long as a lesson's end leaves it; here, until it has arrived or half a minute has gone.
    for (const until = Date.now() + 30_000; Date.now() < until && !(await arrived()); ) await wait(200);
    await profile.close();
  },
  'closes the lid, opens it and signs out': async ({ profile }: Leaving) => {
    await lid(profile);
    await profile.close();
  },
  'signs out with the endpoint out of reach': ({ profile }: Leaving) => profile.close(),
};
type Ending = keyof typeof endings;
const outOfReach: Ending = 'signs out with the endpoint out of reach';
type Pressed = { ending: Ending; afterMs: number; thanked: boolean; address: string };

/** Every process of the browser stands still, and goes on. */
async function lid({ context }: Profile): Promise<void> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('Playwright gave no browser for this profile');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const browser = processInfo.find(({ type }) => type === 'browser');
  if (!browser) throw new Error('Chromium named no browser process');
  // Playwright starts Chromium as the leader of a group.
  process.kill(-browser.id, 'SIGSTOP');
  await wait(LID_MS);
  process.kill(-browser.id, 'SIGCONT');
}

/** Follows the tab; asks nothing of it when the child leaves, because to wait for an answer would hold the child up. */
function followThanks(page: Page): { shown: boolean } {
  const thanks = { shown: false };
  const painted = async () => {
    await page.waitForURL((url) => url.pathname === '/reported.html', { waitUntil: 'commit' });
    await paintedAt(page);
    thanks.shown = true;
  };
  // A browser that has gone shows nothing more.
  painted().catch(() => undefined);
  return thanks;
}

/** Addresses of all reports that the endpoint has, with how often it has each. */
async function arrivals(school: School): Promise<Map<string, number>> {
  const coordinator = await school.coordinator();
  const found = new Map<string, number>();
  for (const { id } of await coordinator.inbox('all')) {
    const { address } = await coordinator.reveal(id);
    found.set(address, (found.get(address) ?? 0) + 1);
  }
  return found;
}

async function pressAndLeave(
  school: School,
  options: ProfileOptions & { folder: string },
  ending: Ending,
  index: number,
  afterMs: number,
): Promise<Pressed> {
  const profile = await openProfile(options);
  await waitInForce(profile, { policy: true, stage: 'KS2' });
  const address = `https://thenational.academy/pupils?${ending.replaceAll(/\W+/g, '-')}=${index}`;
  const page = await profile.visit(address);
  const coordinator = await school.coordinator();
  const count = async () => (await coordinator.inbox('all')).length;
  const before = await count();
  if (ending === outOfReach) await school.kill();
  const thanks = followThanks(page);
  await pressReport(profile, page);
  await wait(afterMs);
  const thanked = thanks.shown;
  await endings[ending]({ profile, arrived: async () => (await count()) > before });
  if (ending === outOfReach) await school.start();
  await rm(options.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  return { ending, afterMs, thanked, address };
}

/** A report in the two seconds before the profile is gone: what arrives, and what cannot. */
export const run: Bench = async ({ times = 20, say }) => {
  const site = await openSite();
  const school = await openSchool();
  const template = await mkdtemp(join(tmpdir(), 'keystage-profile-'));
  try {
    const { extensionId, folder: unpacked } = await unpackFor(school, 'KS2');
    const options = { extensionId, unpacked, resolverRules: site.resolverRules };
    const first = await openProfile({ ...options, folder: template });
    await waitInForce(first, { policy: true, stage: 'KS2', lists: true });
    await first.close({ keep: true });

    const pressed: Pressed[] = [];
    for (const ending of Object.keys(endings) as Ending[]) {
      // What cannot arrive needs no large number to show it.
      const often = ending === outOfReach ? Math.min(3, times) : times;
      const done = counting(say, ending, often);
      for (let index = 0; index < often; index += 1) {
        const folder = await mkdtemp(join(tmpdir(), 'keystage-profile-'));
        await cp(template, folder, { recursive: true });
        // Closer together right after the press, where it is decided.
        const afterMs = Math.round(WITHIN_MS * (often > 1 ? index / (often - 1) : 0) ** 2);
        pressed.push(await pressAndLeave(school, { ...options, folder }, ending, index, afterMs));
        done(index + 1);
      }
    }
    return figuresOf(pressed, await arrivals(school), say);
  } finally {
    await school.close();
    await site.close();
    await rm(template, { recursive: true, force: true });
  }
};

function figuresOf(
  pressed: readonly Pressed[],
  arrived: ReadonlyMap<string, number>,
  say: (line: string) => void,
): Figure[] {
  const figures: Figure[] = [];
  for (const ending of Object.keys(endings) as Ending[]) {
    const these = pressed.filter((one) => one.ending === ending);
    const lost = these.filter(({ address }) => !arrived.has(address));
    const late = Math.max(...lost.map(({ afterMs }) => afterMs));
    figures.push({
      name: `${ending}: reports that arrived`,
      unit: '',
      value: these.length - lost.length,
      times: these.length,
      note: lost.length > 0 ? `the latest that was lost: ${late} ms after the press` : '',
    });
    const thankedAndLost = lost.filter(({ thanked }) => thanked);
    figures.push({
      name: `${ending}: thanked, and lost with the profile`,
      unit: '',
      value: thankedAndLost.length,
      times: these.filter(({ thanked }) => thanked).length,
      // With the endpoint within reach a report is there before a child can sign out, lid or not; without it, nothing
      // that lives in a profile outlives the profile.
      ...(ending === outOfReach ? {} : { bound: { atMost: 0, of: 'value' } }),
    });
    for (const { afterMs, thanked } of lost)
      say(`  ${ending} after ${afterMs} ms: lost, ${thanked ? 'though thanked' : 'not thanked yet'}`);
  }
  const twice = [...arrived.values()].filter((count) => count > 1).length;
  figures.push({
    name: 'reports that arrived twice',
    unit: '',
    value: twice,
    times: pressed.length,
    bound: { atMost: 0, of: 'value' },
  });
  return figures;
}
