import { browser } from 'wxt/browser';
import type { Asked, Coded } from '../../components/blocked/why.ts';
import { whyPackaged } from '../../rules/decide.ts';
import { isCover } from '../../utils/block-page.ts';
import { createDevice } from '../../utils/device.ts';
import { type Remembered, remember } from '../page/remembered.ts';
import { AGAIN_AFTER_MS, goOn } from './going-on.ts';
import { address, closed, mayAsk, put } from './put.tsx';
import { uncover } from './uncover.ts';
import { whyFromRule, whyOf } from './why.ts';

/** What the page does by what really holds. It needs no worker: that may be dead. */
const device = createDevice(browser, Date.now);
let asked: { id: string; state: Asked } | undefined;
let coded: Coded | undefined;
let uncovering = false;

/** Judges now, and again whenever something changes. */
export async function begin(): Promise<void> {
  device.news.hear((news) => void (news === 'rules' ? draw() : lookWhatBecameOfIt()));
  await device.ready;
  await draw();
}

/** Why the page is closed, by what holds now; it goes on by itself when it opens. */
async function draw(): Promise<void> {
  device.holding.forget();
  const holds = await device.holding.now();
  const { held, situation, standing } = holds;
  // As `watch` judges, or the page would go on to what closes again at once.
  const shut = await device.inView.closing(holds, closed.address);
  if (address && !shut && (await goOnIfOpen())) return;
  const known: Remembered = { stage: situation.stage, school: held.policy, packaged: whyPackaged(standing) };
  const why = shut ? whyOf(shut, held.policy) : whyFromRule(closed, known);
  const canAsk = standing.known && mayAsk(why, shut?.tier ?? closed.tier);
  put(known, { why, canAsk, asked: asked?.state, coded, now: device.clock.now() });
  remember(known);
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
  asked = { id: await device.reports.ask(closed.address, why), state: 'sending' };
  await draw();
  await device.outbox.send(true);
  await lookWhatBecameOfIt();
}

async function lookWhatBecameOfIt(): Promise<void> {
  if (!asked) return;
  const { id } = asked;
  const waiting = (await device.store.outbox()).find((item) => item.id === id);
  asked.state = !waiting ? 'sent' : waiting.state === 'aside' ? 'set-aside' : 'sending';
  await draw();
}

/** Reports the closed address, and goes to the page that thanks. */
export async function report(): Promise<void> {
  await device.ready;
  const tab = await browser.tabs.getCurrent();
  const id = await device.reports.report({
    tabId: tab?.id ?? null,
    url: location.href,
    title: '',
    what: 'closed-page',
  });
  if (id) location.assign(`reported.html?id=${id}`);
}
