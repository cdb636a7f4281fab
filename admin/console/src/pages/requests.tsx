import { Hand } from 'lucide-preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AnswerRequest, RequestLine } from '../../../requests/wire.ts';
import { announce } from '../announce.ts';
import { useHouse } from '../house.ts';
import { wallTime } from '../pieces/clock.tsx';
import { Heading } from '../pieces/heading.tsx';
import { NetworkClosed } from '../pieces/network-closed.tsx';
import { Problem, problemWords } from '../pieces/problem.tsx';
import { RequestRow } from '../pieces/request-row.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { useEvery } from '../reading.ts';
import { say } from '../words.ts';

/** What do pupils wait for, and how long already? */
export function RequestsPage() {
  const { asking, lessons } = useHouse();
  const [open, setOpen] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => void asking.refresh(), [asking]);
  useEvery(asking.refresh);
  useEffect(() => {
    if (!open) setProblem(null);
  }, [open]);

  const lines = asking.requests.value;
  const code = asking.problem.value;
  const mine = lines?.filter((line) => line.mine) ?? [];
  const others = lines?.filter((line) => !line.mine) ?? [];
  const timeZone = lessons.classes.value?.timeZone;

  async function answer({ id, host }: RequestLine, given: AnswerRequest, whom: string): Promise<void> {
    const words =
      given.answer === 'yes'
        ? say('requestsSaidYes', host, whom, wallTime(given.until, timeZone))
        : say('requestsSaidNo', host, given.reason);
    setOpen(null);
    setSaid(words);
    announce(words);
    list.current?.focus({ preventScroll: true });
    const done = await asking.answer(id, given);
    if (done.ok) return;
    setSaid(null);
    setProblem(`${host}: ${problemWords(done.code, done.message)}`);
  }

  const draw = (shown: readonly RequestLine[]) => (
    <ul class="request-list">
      {shown.map((line) => (
        <RequestRow
          key={line.id}
          line={line}
          timeZone={timeZone}
          isOpen={open === line.id}
          onOpen={() => setOpen(open === line.id ? null : line.id)}
          answer={(given, whom) => void answer(line, given, whom)}
        />
      ))}
    </ul>
  );

  return (
    <section class="requests">
      <Heading title={say('requestsTitle')} waiting={mine.length} />
      {code && <Problem code={code} again={() => void asking.refresh()} />}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {said && <p class="good">{said}</p>}
      {asking.stillClosed.value.map((closed) => (
        <NetworkClosed key={closed.id} closed={closed}>
          {say('requestsYesUntil', wallTime(closed.until, timeZone))}
        </NetworkClosed>
      ))}
      {!lines && !code && <Skeleton lines={5} />}
      <div ref={list} tabIndex={-1} class="request-lists">
        {lines && lines.length === 0 && (
          <div class="empty">
            <Hand class="empty-picture" size={28} aria-hidden="true" />
            <h2>{say('requestsEmptyTitle')}</h2>
            <p>{say('requestsEmptyText')}</p>
          </div>
        )}
        {mine.length > 0 && (
          <>
            <h2 class="part-title">{say('requestsMine')}</h2>
            {draw(mine)}
          </>
        )}
        {others.length > 0 && (
          <>
            <h2 class="part-title">{say('requestsOthers')}</h2>
            {draw(others)}
          </>
        )}
      </div>
    </section>
  );
}
