import { browser } from 'wxt/browser';
import { ReportedPage, type ReportedState } from '../../components/reported/ReportedPage.tsx';
import { whyPackaged } from '../../rules/decide.ts';
import { isLookedAt, nextLook } from '../../rules/hours.ts';
import type { Policy } from '../../rules/policy.ts';
import { readingLevel } from '../../rules/stages.ts';
import { standingOf } from '../../rules/standing.ts';
import type { Answer } from '../../rules/wire.ts';
import { createDevice } from '../../utils/device.ts';
import type { SentReport } from '../../utils/store.ts';
import { helpersIn, helplinesFor, reportsGoTo } from '../page/people.ts';
import { readAloud } from '../page/read-aloud.ts';
import { type Remembered, remember, remembered } from '../page/remembered.ts';
import { show, words } from '../page/show.tsx';

const device = createDevice(browser, Date.now);
const id = new URLSearchParams(location.search).get('id') ?? '';
let answer: Answer | undefined;

/** What is true of the report at this moment, and no more (promise 5). */
function stateOf(report: SentReport, policy: Policy | null): ReportedState {
  if (report.state === 'aside') return 'set-aside';
  if (report.state === 'waiting') return 'on-its-way';
  const { now } = device.clock;
  return policy && !isLookedAt(policy.reports.lookedAt, policy.timeZone, now())
    ? 'arrived-out-of-hours'
    : 'arrived';
}

/** Everything that the page shows, from whatever is known by now. */
function put({ stage, school }: Pick<Remembered, 'stage' | 'school'>, state: ReportedState): void {
  const now = device.clock.now();
  const looksAt =
    state === 'arrived-out-of-hours' && school
      ? nextLook(school.reports.lookedAt, school.timeZone, now)
      : null;
  show(
    words('title_reported'),
    <ReportedPage
      level={readingLevel(stage)}
      state={state}
      to={reportsGoTo(school)}
      {...(looksAt ? { looksAt } : {})}
      now={now}
      timeZone={school?.timeZone}
      helpers={helpersIn(school)}
      helplines={helplinesFor(school, stage)}
      answer={answer}
      onAnswer={(given) => void say(given)}
      onBack={history.length > 1 ? () => void goBack() : undefined}
      readAloud={readAloud}
    />,
  );
}

async function draw(): Promise<void> {
  const [report, { held, situation, documents }] = await Promise.all([
    device.store.report(id),
    device.enforcement.read(),
  ]);
  // No such report: somebody typed this address. There is nothing to thank for.
  if (!report) return location.replace('nothing.html');
  const known: Remembered = {
    stage: situation.stage,
    school: held.policy,
    packaged: whyPackaged(standingOf(documents, situation)),
  };
  put(known, stateOf(report, held.policy));
  remember(known);
}

/** Reached by the button, not by reload or Back: then the report has just been made. */
const isNew = (): boolean =>
  performance.getEntriesByType('navigation').every((entry) => 'type' in entry && entry.type === 'navigate');

async function say(given: Answer): Promise<void> {
  await device.reports.answer(id, given);
  answer = given;
  await send();
}

/** The report stays; that the child went back is a further event. */
async function goBack(): Promise<void> {
  await device.reports.returned(id);
  void device.outbox.send(true);
  history.back();
}

async function send(): Promise<void> {
  await draw();
  await device.outbox.send(true);
  await draw();
}

// The button brought us here when the report was on the disk; what became of it since, the store knows.
const known = remembered();
if (known && isNew()) put(known, 'on-its-way');

device.news.hear((news) => {
  if (news === 'outbox') void draw();
});
addEventListener('online', () => void send());
await device.ready;
await send();
