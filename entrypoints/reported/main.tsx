import { browser } from 'wxt/browser';
import { ReportedPage, type ReportedState } from '../../components/reported/ReportedPage.tsx';
import { isLookedAt, nextLook } from '../../rules/hours.ts';
import type { Policy } from '../../rules/policy.ts';
import { readingLevel } from '../../rules/stages.ts';
import type { Answer } from '../../rules/wire.ts';
import { createDevice } from '../../utils/device.ts';
import type { SentReport } from '../../utils/store.ts';
import { helpersIn, helplinesFor, reportsGoTo } from '../page/people.ts';
import { readAloud } from '../page/read-aloud.ts';
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

async function draw(): Promise<void> {
  const [report, { held, situation }] = await Promise.all([
    device.store.report(id),
    device.enforcement.read(),
  ]);
  // No such report: somebody typed this address. There is nothing to thank for.
  if (!report) return location.replace('nothing.html');
  const { policy } = held;
  const now = device.clock.now();
  const looksAt = policy && nextLook(policy.reports.lookedAt, policy.timeZone, now);
  show(
    words('title_reported'),
    <ReportedPage
      level={readingLevel(situation.stage)}
      state={stateOf(report, policy)}
      to={reportsGoTo(policy)}
      {...(looksAt ? { looksAt } : {})}
      now={now}
      timeZone={policy?.timeZone}
      helpers={helpersIn(policy)}
      helplines={helplinesFor(policy, situation.stage)}
      answer={answer}
      onAnswer={(given) => void say(given)}
      onBack={history.length > 1 ? () => void goBack() : undefined}
      readAloud={readAloud}
    />,
  );
}

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

await device.ready;
device.news.hear((news) => {
  if (news === 'outbox') void draw();
});
addEventListener('online', () => void send());
await send();
