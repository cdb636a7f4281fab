import { Clock, Eye, EyeOff } from 'lucide-preact';
import { useEffect, useState } from 'preact/hooks';
import type { AnswerRequest, RequestLine, RequestLook } from '../../../requests/wire.ts';
import { waitWords } from '../ends.ts';
import { useHouse } from '../house.ts';
import { categoryWords, stageWords } from '../item-words.ts';
import { now } from '../now.ts';
import { exact } from '../when.ts';
import { say } from '../words.ts';
import { useSeconds } from './clock.tsx';
import { problemWords } from './problem.tsx';
import { RequestAnswer } from './request-answer.tsx';

const LONG_MS = 10 * 60_000;

/** One request: host, class and how long it waits; who asks and why only after a look, which is logged. */
export function RequestRow({
  line,
  timeZone,
  isOpen,
  onOpen,
  answer,
}: {
  line: RequestLine;
  timeZone: string | undefined;
  isOpen: boolean;
  onOpen: () => void;
  answer: (said: AnswerRequest, whom: string) => void;
}) {
  const { asking } = useHouse();
  const [look, setLook] = useState<RequestLook | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!isOpen) setLook(null);
  }, [isOpen]);

  async function open(): Promise<void> {
    onOpen();
    if (isOpen) return;
    const looked = await asking.look(line.id);
    setProblem(looked.ok ? null : problemWords(looked.code, looked.message));
    if (looked.ok) setLook(looked.value);
    else if (looked.code === 'not-found') void asking.refresh();
  }

  return (
    <li class={isOpen ? 'request request-open' : 'request'}>
      <div class="request-line">
        <div class="request-what">
          <h3>
            <bdi dir="ltr">{line.host}</bdi>
          </h3>
          <p class="soft">
            {[
              line.group?.name,
              stageWords(say, line.stage),
              line.category && categoryWords(say, line.category),
              forWords(line),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <Waits since={line.receivedAt} />
        <button
          type="button"
          class={line.mine && !isOpen ? 'button main' : 'button'}
          aria-expanded={isOpen}
          aria-label={say(isOpen ? 'requestsCoverLabel' : 'requestsLookLabel', line.host)}
          onClick={() => void open()}
        >
          {isOpen ? (
            <EyeOff class="icon" size={16} aria-hidden="true" />
          ) : (
            <Eye class="icon" size={16} aria-hidden="true" />
          )}
          {say(isOpen ? 'requestsCover' : 'requestsLook')}
        </button>
      </div>
      {isOpen && problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      {isOpen && look && <RequestAnswer line={line} look={look} timeZone={timeZone} answer={answer} />}
    </li>
  );
}

/** The clock: how long a child has waited by the endpoint's time, marked when it is long. */
function Waits({ since }: { since: string }) {
  const { asking } = useHouse();
  const waits = useSeconds(asking.now) - Date.parse(since);
  return (
    <time
      class={waits > LONG_MS ? 'waits waits-long' : 'waits'}
      dateTime={since}
      title={exact(new Date(since), now.value)}
    >
      <Clock class="icon" size={14} aria-hidden="true" />
      <span class="unseen">{say('requestsWaits')} </span>
      {waitWords(say, waits)}
    </time>
  );
}

function forWords({ for: whose, mine, lesson, group }: RequestLine): string {
  if (whose === 'lesson' && lesson) return mine ? say('requestsInYours') : say('requestsIn', lesson.adult);
  if (whose === 'class') return mine || !group ? '' : say('requestsForClass', group.name);
  if (whose === 'nobody') return say('requestsForNobody');
  return mine ? '' : say('requestsForManager');
}
