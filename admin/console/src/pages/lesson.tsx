import { Eye, EyeOff, Hand, MonitorUp, Plus, Square } from 'lucide-preact';
import { useEffect, useState } from 'preact/hooks';
import type { ChangeLesson, LiveLesson, PastedSite } from '../../../lessons/wire.ts';
import { useHouse } from '../house.ts';
import { isOld, lessonIn, notDoneWords } from '../lessons.ts';
import type { PageProps } from '../pages.tsx';
import { Until, useSeconds, wallTime } from '../pieces/clock.tsx';
import { Heading } from '../pieces/heading.tsx';
import { Counts } from '../pieces/lesson-card.tsx';
import { PasteSites } from '../pieces/paste-sites.tsx';
import { Problem } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { WhoIsHere } from '../pieces/who-is-here.tsx';
import { addressOf, followLink } from '../route.ts';
import { say } from '../words.ts';
import { useLessons } from './lessons.tsx';

const MINUTE_MS = 60_000;

/** The lesson that is on: large enough for the wall, and nothing individual until it is tapped. */
export function LessonPage({ search }: PageProps) {
  const { lessons } = useHouse();
  useLessons();
  const around = lessons.classes.value;
  const lesson = lessonIn(around, search.get('id') ?? '');
  if (!around)
    return lessons.problem.value ? <Problem code={lessons.problem.value} /> : <Skeleton lines={6} />;
  if (!lesson)
    return (
      <section class="lesson">
        <Heading title={say('lessonOver')} />
        <p class="lead">{say('lessonOverText')}</p>
        <p>
          <a class="button" href={addressOf('lessons')} onClick={followLink}>
            {say('backToLessons')}
          </a>
        </p>
      </section>
    );
  const stage = around.classes.find(({ live }) => live?.id === lesson.id)?.stage;
  return (
    <LiveLessonView
      lesson={lesson}
      timeZone={around.timeZone}
      mayPaste={around.mayPaste}
      young={stage === 'KS1' || stage === 'EYFS'}
      stage={stage ?? 'KS2'}
    />
  );
}

type ViewProps = { lesson: LiveLesson; timeZone: string; mayPaste: boolean; young: boolean; stage: string };

function LiveLessonView({ lesson, timeZone, mayPaste, young, stage }: ViewProps) {
  const { lessons } = useHouse();
  const now = useSeconds(lessons.now);
  const [problem, setProblem] = useState<string | null>(null);
  const [added, setAdded] = useState<readonly PastedSite[]>([]);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState(false);
  const name = lesson.groups.map((group) => group.name).join(', ');

  async function change(asked: ChangeLesson): Promise<boolean> {
    const answer = await lessons.change(lesson.id, asked);
    setProblem(answer.ok ? null : notDoneWords(asked, answer.code, answer.message));
    setAdded(answer.ok && asked.change === 'add-sites' ? asked.sites : []);
    return answer.ok;
  }
  const later = (minutes: number) =>
    new Date(
      Math.min(Date.parse(lesson.endsAt) + minutes * MINUTE_MS, Date.parse(lesson.latestEnd)),
    ).toISOString();
  useEffect(() => setEnding(false), [lesson.id]);

  return (
    <section class={lesson.eyesUp ? 'lesson lesson-eyes-up' : 'lesson'}>
      <Heading title={say('lessonTitle', name)} tab={say('lessonTitle', name)}>
        <Until endsAt={lesson.endsAt} now={now} timeZone={timeZone} />
      </Heading>
      <p class="lead">
        {say(`kind_says_${lesson.kind.replaceAll('-', '_')}`)}{' '}
        {!lesson.mine && <span>{say('ledBy', lesson.adult)}</span>}
      </p>
      {lesson.overtakenBy && <p class="card-hour">{say('overtaken', lesson.overtakenBy)}</p>}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="lesson-acts">
        <button
          type="button"
          class={lesson.eyesUp ? 'button main big' : 'button big'}
          aria-pressed={lesson.eyesUp}
          onClick={() => void change({ change: 'eyes-up', on: !lesson.eyesUp })}
        >
          {lesson.eyesUp ? (
            <EyeOff class="icon" size={24} aria-hidden="true" />
          ) : (
            <Eye class="icon" size={24} aria-hidden="true" />
          )}
          {say(lesson.eyesUp ? 'eyesBack' : 'eyesUp')}
        </button>
        <button
          type="button"
          class="button big"
          aria-disabled={later(10) === lesson.endsAt}
          onClick={() => void change({ change: 'extend', endsAt: later(10) })}
        >
          <Plus class="icon" size={20} aria-hidden="true" />
          {say('tenMinutes')}
        </button>
        {mayPaste && lesson.kind !== 'demonstration' && (
          <button type="button" class="button big" aria-expanded={adding} onClick={() => setAdding(!adding)}>
            <Plus class="icon" size={20} aria-hidden="true" />
            {say('addSite')}
          </button>
        )}
        <button
          type="button"
          class={lesson.presenting ? 'button main big' : 'button big'}
          aria-pressed={lesson.presenting}
          onClick={() => void change({ change: 'present', on: !lesson.presenting })}
        >
          <MonitorUp class="icon" size={20} aria-hidden="true" />
          {say(lesson.presenting ? 'presentStop' : 'present')}
        </button>
        <button type="button" class="button big" aria-expanded={ending} onClick={() => setEnding(!ending)}>
          <Square class="icon" size={18} fill="currentColor" aria-hidden="true" />
          {say('endLessonFor', name)}
        </button>
      </div>
      {ending && (
        <section class="ending" aria-label={say('endLessonFor', name)}>
          <p>{say('endLessonSays', name)}</p>
          <button type="button" class="button main" onClick={() => void change({ change: 'stop' })}>
            {say('endLessonFor', name)}
          </button>
          <button type="button" class="button quiet" onClick={() => setEnding(false)}>
            {say('lessonGoOn')}
          </button>
        </section>
      )}
      {adding && (
        <PasteSites
          young={young}
          sites={[]}
          onChange={(sites) => {
            void change({ change: 'add-sites', sites }).then((added) => added && setAdding(false));
          }}
        />
      )}
      {/* The tile may be far down: what was added is said where it was asked for. */}
      <div role="status">
        {added.map(({ entry }) => (
          <p key={entry} class="good">
            {say('siteOpenNow', entry)}
          </p>
        ))}
      </div>
      <div class="lesson-grid">
        <Sites lesson={lesson} onRemove={(entry) => void change({ change: 'remove-site', entry })} />
        <div>
          <h2>{say('whoJoined')}</h2>
          <Counts
            lesson={lesson}
            asOf={isOld(lessons, now) ? wallTime(lessons.readAt.value, timeZone) : null}
          />
          <AskingLine />
          <p class="lesson-code">
            {say('lessonCodeLabel')} <strong>{lesson.code}</strong>
            <span class="hint">{say('lessonCodeHint')}</span>
          </p>
          <WhoIsHere lesson={lesson} change={change} />
          <p class="lesson-preview">
            <a href={addressOf('test', { group: lesson.groups[0]?.id ?? '', stage })} onClick={followLink}>
              {say('previewAsPupil', name)}
            </a>
          </p>
          <p class="soft">{say('lessonStarted', wallTime(lesson.startsAt, timeZone))}</p>
        </div>
      </div>
    </section>
  );
}

/** How many pupils ask for something, as a quiet line: their names are on the next page. */
function AskingLine() {
  const { asking } = useHouse();
  const waiting = asking.waiting.value;
  useEffect(() => void asking.refresh(), [asking]);
  if (waiting === 0) return null;
  return (
    <p class="asking-line">
      <a href={addressOf('requests')} onClick={followLink}>
        <Hand class="icon" size={18} aria-hidden="true" />
        {say(waiting === 1 ? 'askingOne' : 'askingMany', String(waiting))}
      </a>
    </p>
  );
}

const Sites = ({ lesson, onRemove }: { lesson: LiveLesson; onRemove: (entry: string) => void }) => (
  <div>
    <h2>{say('sitesOpen')}</h2>
    {lesson.kind === 'demonstration' && <p class="lead">{say('watchTheBoard')}</p>}
    <ul class="site-tiles">
      {lesson.bundles.map(({ id, title }) => (
        <li key={id} class="site-tile">
          <strong>{title}</strong>
        </li>
      ))}
      {lesson.sites.map(({ entry, title }) => (
        <li key={entry} class="site-tile">
          <strong>{title ?? entry}</strong>
          {title && <span class="code">{entry}</span>}
          <button
            type="button"
            class="button quiet small site-remove"
            aria-label={say('removeSite', title ?? entry)}
            onClick={() => onRemove(entry)}
          >
            {say('lessonRemove')}
          </button>
        </li>
      ))}
    </ul>
  </div>
);
