import { ReportedPage, type ReportedState } from '../../components/reported/ReportedPage.tsx';
import { nextLook } from '../../rules/hours.ts';
import { readingLevel } from '../../rules/stage-names.ts';
import type { Answer } from '../../rules/wire.ts';
import { helpersIn, helplinesFor, reportsGoTo } from '../page/people.ts';
import { readAloud } from '../page/read-aloud.ts';
import type { Remembered } from '../page/remembered.ts';
import { show, words } from '../page/show.tsx';

/** What the page says of the report; `now` in milliseconds, in device time where that is known already. */
type Said = { state: ReportedState; answer?: Answer | undefined; now: number };

/** What acts is heavy and comes after the words; who presses sooner than it is there waits for it. */
const holding = () => import('./holding.ts');

/** Everything that the page shows, from whatever is known by now. */
export function put({ stage, school }: Pick<Remembered, 'stage' | 'school'>, said: Said): void {
  const { state, answer, now } = said;
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
      onAnswer={(given) => void holding().then(({ say }) => say(given))}
      onNotice={() => location.assign('notice.html')}
      onBack={history.length > 1 ? () => void holding().then(({ goBack }) => goBack()) : undefined}
      readAloud={readAloud}
    />,
  );
}
