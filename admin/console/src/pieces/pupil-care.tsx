import { useState } from 'preact/hooks';
import type { GroupPage } from '../../../groups/wire.ts';
import { announce } from '../announce.ts';
import { classesApi } from '../classes.ts';
import { dayAhead, momentWords, wholeDays } from '../ends.ts';
import { useFirstWrong } from '../first-wrong.ts';
import { useHouse } from '../house.ts';
import { now } from '../now.ts';
import { say } from '../words.ts';
import { EndsEarly } from './ends-early.tsx';
import { OneOf } from './one-of.tsx';
import { problemWords } from './problem.tsx';
import { PupilNeed } from './pupil-need.tsx';
import { Typed } from './typed.tsx';

type Pupil = GroupPage['pupils'][number];

/** What holds for one pupil alone: a suspension with its end, and individual needs with their review (FIELD I7, N1). */
export function PupilCare({ pupil, changed }: { pupil: Pupil; changed: () => void }) {
  const { api } = useHouse();
  const [isNeeding, setIsNeeding] = useState(false);
  const [isSuspending, setIsSuspending] = useState(false);
  const { suspension, needs } = pupil;

  function done(words: string): void {
    setIsNeeding(false);
    setIsSuspending(false);
    announce(words);
    changed();
  }

  return (
    <div class="care">
      {suspension && (
        <div class="care-part">
          <p>
            <strong>{say('careSuspendedUntil', momentWords(suspension.endsAt, now.value))}</strong>{' '}
            {suspension.reason} <span class="soft">{say('careBy', suspension.by)}</span>
          </p>
          <EndsEarly
            act={say('careLift')}
            label={say('careLiftLabel', pupil.name)}
            says={say('careLiftSays', pupil.name)}
            end={async () => {
              const answer = await classesApi(api).lift(suspension.id);
              if (answer.ok) done(say('careLifted', pupil.name));
              return answer;
            }}
          />
        </div>
      )}
      {needs.map((need) => (
        <div key={need.id} class="care-part">
          <p>
            <strong>{say(need.direction === 'wider' ? 'careWider' : 'careStricter')}</strong> {need.says}
          </p>
          <p>{need.reason}</p>
          <p class="soft">
            {say('careReview', need.reviewer, momentWords(`${need.reviewBy}T00:00`, now.value))}
          </p>
          <EndsEarly
            act={say('careEndNeed')}
            label={say('careEndNeedLabel', need.says, pupil.name)}
            says={say('careEndNeedSays', pupil.name)}
            end={async () => {
              const answer = await classesApi(api).endNeed(need.id);
              if (answer.ok) done(say('careEnded', pupil.name));
              return answer;
            }}
          />
        </div>
      ))}
      {!isNeeding && !isSuspending && (
        <p class="acts">
          <button type="button" class="button small" onClick={() => setIsNeeding(true)}>
            {say('careAddNeed')}
          </button>
          {!suspension && (
            <button type="button" class="button small" onClick={() => setIsSuspending(true)}>
              {say('careSuspend')}
            </button>
          )}
        </p>
      )}
      {isSuspending && (
        <Suspend
          pupil={pupil}
          done={() => done(say('careSuspendedNow', pupil.name))}
          leave={() => setIsSuspending(false)}
        />
      )}
      {isNeeding && (
        <PupilNeed
          account={pupil.account}
          done={() => done(say('careNeedSet', pupil.name))}
          leave={() => setIsNeeding(false)}
        />
      )}
    </div>
  );
}

function Suspend({ pupil, done, leave }: { pupil: Pupil; done: () => void; leave: () => void }) {
  const { api } = useHouse();
  const days = [0, 1, 7, 14].map((ahead) => dayAhead(now.value, ahead));
  const [day, setDay] = useState(days[0] ?? '');
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<{ reason?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const form = useFirstWrong(wrong);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const missing = reason.trim().length >= 3 ? {} : { reason: say('careReasonMissing') };
    setWrong(missing);
    if ('reason' in missing) return;
    const { endsAt } = wholeDays(day, day);
    const answer = await classesApi(api).suspend({ account: pupil.account, reason: reason.trim(), endsAt });
    setProblem(answer.ok ? null : problemWords(answer.code, answer.message));
    if (answer.ok) done();
  }

  return (
    <form
      class="care-form"
      noValidate
      ref={form}
      onSubmit={submit}
      aria-label={say('careSuspendLabel', pupil.name)}
    >
      <p class="soft form-lead">{say('careSuspendSays', pupil.name)}</p>
      <OneOf
        legend={say('careUntil')}
        options={days.map((one, index) => ({
          value: one,
          word: index === 0 ? say('careToday') : momentWords(wholeDays(one, one).endsAt, now.value),
        }))}
        chosen={day}
        onChoose={setDay}
      />
      <Typed
        label={say('careReason')}
        hint={say('careReasonHint')}
        value={reason}
        onType={setReason}
        error={wrong.reason}
      />
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <p class="acts">
        <button type="submit" class="button button-ends">
          {say('careSuspendAct', pupil.name)}
        </button>
        <button type="button" class="button quiet" onClick={leave}>
          {say('leaveIt')}
        </button>
      </p>
    </form>
  );
}
