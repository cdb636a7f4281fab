import { browser } from 'wxt/browser';
import type { ReportedState } from '../../components/reported/ReportedPage.tsx';
import { whyPackaged } from '../../rules/decide.ts';
import { isLookedAt } from '../../rules/hours.ts';
import type { Policy } from '../../rules/policy.ts';
import { standingOf } from '../../rules/standing.ts';
import type { Answer } from '../../rules/wire.ts';
import { createDevice } from '../../utils/device.ts';
import { NOT_KEPT } from '../../utils/reported-page.ts';
import type { SentReport } from '../../utils/store.ts';
import { type Remembered, remember } from '../page/remembered.ts';
import { put } from './put.tsx';

/** What the page does by what really holds. It needs no worker: that may be dead. */
const device = createDevice(browser, Date.now);
const query = new URLSearchParams(location.search);
const id = query.has(NOT_KEPT) ? NOT_KEPT : (query.get('id') ?? '');
let answer: Answer | undefined;

/** What no disk holds can never be sent from here. */
const notKept: Pick<SentReport, 'state'> = { state: 'aside' };

/** Sends what waits, and says what became of it, now and at every change. */
export async function begin(): Promise<void> {
  device.news.hear((news) => {
    if (news === 'outbox') void draw();
  });
  addEventListener('online', () => void send());
  await device.ready;
  await send();
}

/** What is true of the report at this moment, and no more (promise 5). */
function stateOf(report: Pick<SentReport, 'state'>, policy: Policy | null): ReportedState {
  if (report.state === 'aside') return 'set-aside';
  if (report.state === 'waiting') return 'on-its-way';
  const { now } = device.clock;
  return policy && !isLookedAt(policy.reports.lookedAt, policy.timeZone, now())
    ? 'arrived-out-of-hours'
    : 'arrived';
}

async function draw(): Promise<void> {
  const [report, { held, situation, documents }] = await Promise.all([
    id === NOT_KEPT ? notKept : device.store.report(id),
    device.enforcement.read(),
  ]);
  // No such report: somebody typed this address. There is nothing to thank for.
  if (!report) return location.replace('nothing.html');
  const known: Remembered = {
    stage: situation.stage,
    school: held.policy,
    packaged: whyPackaged(standingOf(documents, situation)),
  };
  put(known, { state: stateOf(report, held.policy), answer, now: device.clock.now() });
  remember(known);
}

/** The child's answer, by picture: a message of its own. */
export async function say(given: Answer): Promise<void> {
  await device.ready;
  await device.reports.answer(id, given);
  answer = given;
  await send();
}

/** The report stays; that the child went back is a further event. */
export async function goBack(): Promise<void> {
  await device.ready;
  if (id !== NOT_KEPT) await device.reports.returned(id);
  void device.outbox.send(true);
  history.back();
}

async function send(): Promise<void> {
  await draw();
  await device.outbox.send(true);
  await draw();
}
