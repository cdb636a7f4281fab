import { browser } from 'wxt/browser';
import type { Coded } from '../../components/blocked/why.ts';
import { StartPage } from '../../components/start/StartPage.tsx';
import { openNow } from '../../rules/open-now.ts';
import { isPupil, readingLevel } from '../../rules/stage-names.ts';
import { createDevice } from '../../utils/device.ts';
import { helpersIn, helplinesFor } from '../page/people.ts';
import { readAloud } from '../page/read-aloud.ts';
import { show, words } from '../page/show.tsx';
import { goToTheirs } from './theirs.ts';

/** What this page shows is what holds. It needs no worker and no network: those may be dead. */
const device = createDevice(browser, Date.now);
/** A timer that is longer than this is looked at in between: the computer's clock may have been set. */
const LOOK_AGAIN_MS = 10 * 60_000;
let next: ReturnType<typeof setTimeout> | undefined;
let coded: Coded | undefined;

/** Shows what is open now, and shows it anew whenever something begins, ends or arrives. */
export async function begin(): Promise<void> {
  device.news.hear((news) => {
    if (news === 'rules') void draw();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void look();
  });
  await device.ready;
  await draw();
}

/** A moment has come: with the worker asleep or dead, Chrome's rules are brought along from here. */
async function look(): Promise<void> {
  await device.enforcement.apply();
  await draw();
}

async function draw(): Promise<void> {
  device.holding.forget();
  const { held, documents, situation, standing } = await device.holding.now();
  if (!isPupil(situation.stage)) return goToTheirs();
  const now = device.clock.now();
  show(
    words('title_start'),
    <StartPage
      level={readingLevel(situation.stage)}
      open={openNow(documents, standing)}
      helpers={helpersIn(held.policy)}
      helplines={helplinesFor(held.policy, situation.stage)}
      now={now}
      timeZone={held.policy?.timeZone}
      readAloud={readAloud}
      onNotice={() => location.assign('notice.html')}
      onCode={(code) => void join(code)}
      coded={coded}
    />,
  );
  clearTimeout(next);
  const wait = standing.holdsUntil === null ? LOOK_AGAIN_MS : standing.holdsUntil - now;
  next = setTimeout(() => void look(), Math.max(20, Math.min(LOOK_AGAIN_MS, wait)));
}

/** A grown-up has typed the lesson's code: what it opens comes with the orders, and the tiles with it. */
async function join(code: string): Promise<void> {
  coded = 'asking';
  await draw();
  coded = await device.join(code);
  await draw();
}
