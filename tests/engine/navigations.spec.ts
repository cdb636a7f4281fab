import { expect, type Page, test } from '@playwright/test';
import fc from 'fast-check';
import { isIpHost } from '../../rules/address.ts';
import { standingOf } from '../../rules/standing.ts';
import { openSite, type Site } from '../fixtures/site.ts';
import { rulesOf } from './agree.ts';
import { type Engine, openEngine } from './engine.ts';
import { expectedOf } from './expected.ts';
import { madeSafe } from './made-safe.ts';
import { request, type School, school } from './schools.ts';
import { type Case, caseOf } from './web.ts';

/** Ten loads a school: a sample in every run of the tests, 500 in `npm run bench -- agreement`. */
const SCHOOLS = Number(process.env.NAVIGATION_SCHOOLS ?? 6);
const seed = Number(process.env.AGREEMENT_SEED ?? Date.now() % 1_000_000_000);

/**
 * What can be loaded from the loopback site: every host but IP addresses, by https, which all of them speak. Chromium
 * maps `localhost` to nothing but this computer's own ports, and loads nothing from ports of other protocols (21, 25 …).
 */
const loadable = request
  .filter(({ address: { host } }) => !isIpHost(host) && !/(^|\.)localhost$/.test(host))
  .filter(({ address: { port } }) => ['', '80', '443'].includes(port) || Number(port) > 1_023)
  .map(marked);
const of = (as: Case['as'], many: number) =>
  fc.array(
    loadable.filter((one) => one.as === as),
    { minLength: many, maxLength: many },
  );
const samples = fc.record({
  pupil: school,
  pages: of('page', 5),
  inside: fc.tuple(of('frame', 3), of('resource', 2)).map(([frames, resources]) => [...frames, ...resources]),
  top: loadable.filter(({ as }) => as === 'page'),
  /** A page without a web address: what is on it belongs to no approved page. */
  topless: fc.constantFrom(null, null, null, 'about:blank', 'data:text/html,<p>x</p>'),
});

let marks = 0;
/** By https and without credentials, and with a mark by which its visit is known. */
function marked({ url, as }: Case): Case {
  marks += 1;
  const address = new URL(url);
  address.protocol = 'https:';
  address.username = '';
  address.password = '';
  if (address.pathname.length > 1_000) address.pathname = '/a/b';
  address.search = `${address.search ? `${address.search}&` : '?'}mark${marks}=1`;
  return caseOf(
    address.href,
    as,
    as === 'page' ? 'main_frame' : as === 'frame' ? 'sub_frame' : 'image',
    null,
    null,
  );
}
const markOf = (url: string) => /mark\d+=1/.exec(url)?.[0] ?? url;

/** What reached the site of an address, or null. */
const reached = ({ visits }: Site, { url }: Case) =>
  visits.find(({ path }) => path.includes(markOf(url)) && !path.startsWith('/favicon'))?.path ?? null;

const everythingOpen = {
  session: [
    {
      id: 1_999,
      priority: 2_000,
      action: { type: 'allow' as const },
      condition: { urlFilter: '*', resourceTypes: ['main_frame' as const] },
    },
  ],
  dynamic: [],
};

const pathOf = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

/** The paths and queries of which one must reach the site, or null for an address that is closed. */
function wanted({ documents, situation }: School, one: Case): { paths: string[] | null; tier: string } {
  const { verdict, madeSafe: safe } = expectedOf(standingOf(documents, situation), documents, one);
  const paths = [
    ...(safe === 'must' ? [] : [pathOf(one.url)]),
    ...(safe === 'never' ? [] : [pathOf(madeSafe(one.url))]),
  ];
  return { paths: verdict.open ? paths : null, tier: verdict.tier };
}

/** In what the site saw otherwise than it must, or null. */
function misses(site: Site, one: Case, { paths, tier }: ReturnType<typeof wanted>): string | null {
  const came = reached(site, one);
  const isRight = paths === null ? came === null : came !== null && paths.includes(came);
  return isRight ? null : `${paths?.join(' or ') ?? `closed by ${tier}`} is right, the site saw ${came}`;
}

async function goes(
  engine: Engine,
  page: Page,
  site: Site,
  pupil: School,
  one: Case,
): Promise<string | null> {
  const right = wanted(pupil, one);
  await page.goto(one.url).catch(() => undefined);
  if (right.paths === null)
    await page
      .waitForURL(`chrome-extension://${engine.extensionId}/**`, { timeout: 5_000 })
      .catch(() => undefined);
  const [how, shown] = [misses(site, one, right), page.url()];
  if (how) return `${one.url}: ${how}, the tab ${shown}`;
  if (right.paths === null && !shown.includes(`blocked.html?tier=${right.tier}`))
    return `${one.url}: ${right.tier} closes it, the tab ${shown}`;
  return null;
}

/** Puts frames and pictures into a page and waits until each has loaded or failed. */
const fill = (page: Page, cases: readonly Case[]) =>
  page.evaluate(
    (parts) =>
      Promise.all(
        parts.map(
          ({ url, as }) =>
            new Promise<void>((resolve) => {
              const part = document.createElement(as === 'frame' ? 'iframe' : 'img');
              part.onload = part.onerror = () => resolve();
              part.src = url;
              document.body.append(part);
            }),
        ),
      ),
    cases.map(({ url, as }) => ({ url, as })),
  );

/** Opens the page around the frames before any rule of the school holds: what is on it is what counts here. */
async function openTop(engine: Engine, page: Page, top: string): Promise<void> {
  await engine.enforce(everythingOpen);
  await page.goto(top);
}

test('real pages, frames and resources load as decide says', async () => {
  test.setTimeout(600_000);
  const site = await openSite();
  const engine = await openEngine({ resolverRules: site.resolverRules });
  const wrong: string[] = [];
  let [open, closed, safe] = [0, 0, 0];
  const tell = (pupil: School, one: Case) => {
    const { paths } = wanted(pupil, one);
    if (paths === null) closed += 1;
    else open += 1;
    if (paths && !paths.includes(pathOf(one.url))) safe += 1;
  };
  try {
    for (const { pupil, pages, inside, top, topless } of fc.sample(samples, { seed, numRuns: SCHOOLS })) {
      const page = await engine.newPage();
      await openTop(engine, page, topless ?? top.url);
      await engine.enforce(rulesOf(pupil, engine));
      const topUrl = topless === null ? top.url : null;
      const placed = inside.map(({ url, as, type }) => caseOf(url, as, type, topUrl, null));
      await fill(page, placed);
      for (const one of placed) {
        tell(pupil, one);
        const how = misses(site, one, wanted(pupil, one));
        if (how) wrong.push(`${one.as} ${one.url} in ${topUrl ?? topless}: ${how}`);
      }
      for (const one of pages) {
        tell(pupil, one);
        const how = await goes(engine, page, site, pupil, one);
        if (how) wrong.push(how);
      }
      await page.close();
      site.forget();
    }
  } finally {
    await engine.close();
    await site.close();
  }
  console.log(
    `navigations: AGREEMENT_SEED=${seed}, ${open + closed} loads, ${open} open (${safe} made safe on the way), ${closed} closed`,
  );
  expect(wrong).toEqual([]);
  expect(open + closed).toBe(SCHOOLS * 10);
  // Six schools may be strict ones; five hundred loads are of every kind.
  expect(Math.min(open, closed)).toBeGreaterThan(SCHOOLS > 10 ? SCHOOLS : 0);
});
