import { Eye, Play, Plus, Square } from 'lucide-preact';
import { useState } from 'preact/hooks';
import type { ChangeLesson, ClassCard, LiveLesson } from '../../../lessons/wire.ts';
import { useHouse } from '../house.ts';
import { againOf, isOld, notDoneWords, opensOf } from '../lessons.ts';
import { addressOf, followLink } from '../route.ts';
import { counted, say } from '../words.ts';
import { Until, wallTime } from './clock.tsx';

type CardProps = {
  card: ClassCard;
  timeZone: string;
  now: number;
  onSetUp: () => void;
};

/** One class: *2B · Last lesson · Start until 10:15*, or its live lesson. Nothing individual: it is projected. */
export const ClassCardView = (props: CardProps) => (
  <li class={props.card.live ? 'card card-live' : 'card'}>
    {props.card.live ? <LiveCard {...props} lesson={props.card.live} /> : <QuietCard {...props} />}
  </li>
);

function QuietCard({ card, timeZone, onSetUp }: CardProps) {
  const { lessons } = useHouse();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const again = againOf(card);

  async function start(): Promise<void> {
    if (!again || busy) return;
    setBusy(true);
    const answer = await lessons.start(again);
    setBusy(false);
    setProblem(answer.ok ? null : notDoneWords({ change: 'start' }, answer.code, answer.message));
  }

  return (
    <>
      <header class="card-head">
        <h2>{card.name}</h2>
        <span class="card-stage">{card.stage}</span>
      </header>
      {card.hour && (
        <p class="card-hour">
          {say('hourNow', card.hour.title, card.hour.adult, wallTime(card.hour.endsAt, timeZone))}
        </p>
      )}
      {again && card.last ? (
        <>
          <p class="card-last">
            <strong>{card.last.title || say('lastNoTitle')}</strong>
            <span>{say('lastWas', say(`kind_${card.last.kind.replaceAll('-', '_')}`))}</span>
          </p>
          <div class="card-acts">
            <button
              type="button"
              class="button main card-start"
              aria-disabled={busy}
              aria-label={say('startFor', card.name, wallTime(card.endsAt, timeZone))}
              onClick={() => void start()}
            >
              <Play class="icon" size={18} aria-hidden="true" />
              {say('startUntil', wallTime(card.endsAt, timeZone))}
            </button>
            <button type="button" class="button quiet" onClick={onSetUp}>
              {say('somethingElse')}
            </button>
          </div>
        </>
      ) : (
        <>
          <p class="card-last soft">{say('noLessonYet')}</p>
          <div class="card-acts">
            <button type="button" class="button main card-start" onClick={onSetUp}>
              {say('setUpFor', card.name)}
            </button>
          </div>
        </>
      )}
      {problem && (
        <p class="card-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

function LiveCard({ card, lesson, timeZone, now }: CardProps & { lesson: LiveLesson }) {
  const { lessons } = useHouse();
  const [problem, setProblem] = useState<string | null>(null);
  async function change(asked: ChangeLesson): Promise<void> {
    const answer = await lessons.change(lesson.id, asked);
    setProblem(answer.ok ? null : notDoneWords(asked, answer.code, answer.message));
  }
  const later = new Date(
    Math.min(Date.parse(lesson.endsAt) + 10 * 60_000, Date.parse(lesson.latestEnd)),
  ).toISOString();
  return (
    <>
      <header class="card-head">
        <h2>
          <a href={addressOf('lesson', { id: lesson.id })} onClick={followLink}>
            {card.name}
          </a>
        </h2>
        <span class="card-stage">{say(`kind_${lesson.kind.replaceAll('-', '_')}`)}</span>
      </header>
      <Until endsAt={lesson.endsAt} now={now} timeZone={timeZone} />
      {opensOf(lesson) && <p class="card-opens">{opensOf(lesson)}</p>}
      <Counts lesson={lesson} asOf={isOld(lessons, now) ? wallTime(lessons.readAt.value, timeZone) : null} />
      {!lesson.mine && <p class="soft">{say('ledBy', lesson.adult)}</p>}
      {lesson.overtakenBy && <p class="card-hour">{say('overtaken', lesson.overtakenBy)}</p>}
      <div class="card-acts">
        <button
          type="button"
          class={lesson.eyesUp ? 'button main' : 'button'}
          aria-pressed={lesson.eyesUp}
          onClick={() => void change({ change: 'eyes-up', on: !lesson.eyesUp })}
        >
          <Eye class="icon" size={18} aria-hidden="true" />
          {say(lesson.eyesUp ? 'eyesBack' : 'eyesUp')}
        </button>
        <button
          type="button"
          class="button"
          aria-disabled={later === lesson.endsAt}
          onClick={() => void change({ change: 'extend', endsAt: later })}
        >
          <Plus class="icon" size={18} aria-hidden="true" />
          {say('tenMinutes')}
        </button>
        <button
          type="button"
          class="button"
          title={say('endLessonSays', card.name)}
          onClick={() => void change({ change: 'stop' })}
        >
          <Square class="icon" size={16} fill="currentColor" aria-hidden="true" />
          {say('endLessonFor', card.name)}
        </button>
      </div>
      {problem && (
        <p class="card-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

/** How many seats have the lesson: numbers only. `asOf` is when it was so, where it may be otherwise by now. */
export const Counts = ({
  lesson: { joined, behind, away },
  asOf,
}: {
  lesson: LiveLesson;
  asOf: string | null;
}) => (
  <div>
    <ul class="counts">
      <li class={joined > 0 && asOf === null ? 'count-joined' : 'count-away'}>
        {say('countJoined', counted(joined))}
      </li>
      {behind > 0 && <li class="count-behind">{say('countBehind', counted(behind))}</li>}
      {away > 0 && <li class="count-away">{say('countAway', counted(away))}</li>}
    </ul>
    <div role="status">{asOf !== null && <p class="soft">{say('countsAsOf', asOf)}</p>}</div>
  </div>
);
