import { useRef, useState } from 'preact/hooks';
import type { AnswerRequest, RequestLine, RequestLook } from '../../../requests/wire.ts';
import { endsUpTo } from '../ends.ts';
import { useHouse } from '../house.ts';
import { say } from '../words.ts';
import { wallTime } from './clock.tsx';
import { OneOf } from './one-of.tsx';
import { Typed } from './typed.tsx';

type Props = {
  line: RequestLine;
  look: RequestLook;
  timeZone: string | undefined;
  /** `whom` is for the sentence that says what was done. */
  answer: (said: AnswerRequest, whom: string) => void;
};

/** Who asks, why and for what; then yes with an end, or no with a reason that the child reads. */
export function RequestAnswer({ line, look, timeZone, answer }: Props) {
  const named = look.name ?? (look.account === 'shared' ? null : look.account);
  // On a shared account nobody is named: what can be said is where.
  const who = named ?? say('requestsThisSeat');
  return (
    <div class="request-answer">
      <dl class="request-facts">
        <div>
          <dt>{say('requestsWho')}</dt>
          <dd>{named ?? say('revealedShared')}</dd>
        </div>
        <div>
          <dt>{say('revealedWhy')}</dt>
          <dd>{look.why || say('revealedNoWhy')}</dd>
        </div>
        <div>
          <dt>{say('revealedAddress')}</dt>
          <dd>
            {/* Left to right whatever it holds: bidirectional tricks must not turn a host round. */}
            <bdi class="address" dir="ltr">
              {look.address}
            </bdi>
          </dd>
        </div>
      </dl>
      <div class="request-ways">
        {look.mayOpen ? (
          <Yes line={line} look={look} who={who} timeZone={timeZone} answer={answer} />
        ) : (
          <p class="warning">{look.because}</p>
        )}
        <No answer={(reason) => answer({ answer: 'no', reason }, who)} />
      </div>
    </div>
  );
}

function Yes({ line, look, who, timeZone, answer }: Props & { who: string }) {
  const { asking } = useHouse();
  const [ends] = useState(() => endsUpTo(asking.now(), look.latestEnd));
  const [as, setAs] = useState(look.choices[0]?.as ?? 'page');
  const [whom, setWhom] = useState<'pupil' | 'class'>('pupil');
  // In a lesson until its end; else an hour, where that is allowed.
  const [until, setUntil] = useState((line.lesson ? ends.at(-1) : ends.at(-2)) ?? look.latestEnd);
  const whomWords = whom === 'class' && line.group ? line.group.name : who;
  return (
    <form
      class="request-yes"
      onSubmit={(event) => {
        event.preventDefault();
        answer({ answer: 'yes', whom, as, until, reason: '' }, whomWords);
      }}
    >
      <OneOf
        legend={say('requestsOpenWhat')}
        options={look.choices.map((choice) => ({
          value: choice.as,
          word: say(`requestsAs_${choice.as}`),
          hint: choice.entry,
        }))}
        chosen={as}
        onChoose={setAs}
      />
      <OneOf
        legend={say('requestsForWhom')}
        options={[
          { value: 'pupil', word: who },
          ...(line.group
            ? [{ value: 'class' as const, word: say('requestsWholeClass', line.group.name) }]
            : []),
        ]}
        chosen={whom}
        onChoose={setWhom}
      />
      <OneOf
        legend={say('lessonUntilWhen')}
        options={ends.map((end) => ({
          value: end,
          word:
            line.lesson && end === look.latestEnd
              ? say('requestsLessonEnd', wallTime(end, timeZone))
              : wallTime(end, timeZone),
        }))}
        chosen={until}
        onChoose={setUntil}
      />
      <button type="submit" class="button main">
        {say('requestsYes', whomWords, wallTime(until, timeZone))}
      </button>
    </form>
  );
}

/** Three reasons by one tap, in words for the child; else one's own. */
function No({ answer }: { answer: (reason: string) => void }) {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLElement>(null);
  const ready = [say('requestsNoToday'), say('requestsNoLesson'), say('requestsNoAsk')];
  return (
    <form
      class="request-no"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const written = reason.trim();
        setMissing(written.length < 3);
        if (written.length < 3) field.current?.focus();
        else answer(written);
      }}
    >
      <h4>{say('requestsNoBecause')}</h4>
      <p class="request-ready">
        {ready.map((words) => (
          <button key={words} type="button" class="button" onClick={() => answer(words)}>
            {words}
          </button>
        ))}
      </p>
      <Typed
        label={say('requestsNoOwn')}
        value={reason}
        onType={setReason}
        error={missing ? say('requestsNoMissing') : undefined}
        field={field}
      />
      <button type="submit" class="button">
        {say('requestsNo')}
      </button>
    </form>
  );
}
