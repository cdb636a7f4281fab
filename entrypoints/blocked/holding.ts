import { browser } from 'wxt/browser';
import { mayAsk, tilesHelp } from '../../components/blocked/may-ask.ts';
import type { Coded } from '../../components/blocked/why.ts';
import { whyPackaged } from '../../rules/decide.ts';
import { openNow } from '../../rules/open-now.ts';
import { isCover } from '../../utils/block-page.ts';
import { createDevice } from '../../utils/device.ts';
import { NOT_KEPT, reportedPage } from '../../utils/reported-page.ts';
import { type Remembered, remember } from '../page/remembered.ts';
import { AGAIN_AFTER_MS, goOn } from './going-on.ts';
import { address, closed, put } from './put.tsx';
import { uncover } from './uncover.ts';
import { whyFromRule, whyOf } from './why.ts';

/** What the page does by what really holds. It needs no worker: that may be dead. */
const device = createDevice(browser, Date.now);
let coded: Coded | undefined;
let uncovering = false;
let later: ReturnType<typeof setTimeout> | undefined;

/** "3 minutes ago" becomes four. */
const A_MINUTE_MS = 60_000;

/** Judges now, and again whenever something changes. */
export async function begin(): Promise<void> {
  device.news.hear(() => void draw());
  await device.ready;
  await draw();
}

/** Why the page is closed, by what holds now; it goes on by itself when it opens. */
async function draw(): Promise<void> {
  device.holding.forget();
  const holds = await device.holding.now();
  const { held, documents, situation, standing } = holds;
  // As `watch` judges, or the page would go on to what closes again at once.
  const shut = await device.inView.closing(holds, closed.address);
  if (address && !shut && (await goOnIfOpen())) return;
  const known: Remembered = { stage: situation.stage, school: held.policy, packaged: whyPackaged(standing) };
  const why = shut ? whyOf(shut, held.policy) : whyFromRule(closed, known);
  const lesson = standing.lesson?.kind === 'demonstration' ? null : standing.lesson;
  const canAsk =
    standing.known &&
    mayAsk(why, shut?.tier ?? closed.tier, { stage: situation.stage, isLed: lesson !== null });
  const asked = await device.asked.of(closed.address, held.orders);
  const hasTiles = lesson !== null && tilesHelp(why) && openNow(documents, standing).shelves.length > 0;
  put(known, { why, canAsk, asked, coded, hasTiles, now: device.clock.now() });
  remember(known);
  clearTimeout(later);
  if (typeof asked === 'object' && 'sentAt' in asked) later = setTimeout(() => void draw(), A_MINUTE_MS);
}

/** The rules may be gone or behind, with no worker to see to it: first in force, then there. */
async function goOnIfOpen(): Promise<boolean> {
  await device.enforcement.apply();
  if (isCover(location.href)) {
    // The page is there behind us; news may come twice, and one step back is enough.
    if (!uncovering) uncover(closed.address, window);
    uncovering = true;
    return true;
  }
  const went = goOn(closed.address, sessionStorage, (to) => location.replace(to), Date.now());
  if (!went) setTimeout(() => void draw(), AGAIN_AFTER_MS);
  return went;
}

/** A grown-up has typed the lesson's code: what it opens comes with the orders, and the page goes on. */
export async function join(code: string): Promise<void> {
  await device.ready;
  coded = 'asking';
  await draw();
  coded = await device.join(code);
  await draw();
}

/** "Please open this": on disk, said on the page, sent. */
export async function ask(why: string): Promise<void> {
  await device.ready;
  const { standing } = await device.holding.now();
  const id = await device.reports.ask(closed.address, why);
  await device.asked.keep(id, closed.address, standing.lesson !== null);
  await draw();
  await device.outbox.send(true);
  await draw();
}

/** Reports the closed address, and goes to the page that thanks. */
export async function report(): Promise<void> {
  await device.ready;
  const tab = await browser.tabs.getCurrent();
  const id = await device.reports
    .report({ tabId: tab?.id ?? null, url: location.href, title: '', what: 'closed-page' })
    .catch(() => NOT_KEPT);
  if (id) location.assign(reportedPage(id));
}
