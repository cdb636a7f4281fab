import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answered } from '../api.ts';
import { say } from '../words.ts';
import { problemWords } from './problem.tsx';

/** What ends something: it says first what will happen to whom, and the button has the name of the act. */
export function EndsEarly({
  act,
  label = act,
  says,
  end,
}: {
  act: string;
  /** Names what it ends, for whoever hears the button alone. */
  label?: string;
  says: string;
  end: () => Promise<Answered<unknown>>;
}) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) confirm.current?.focus();
  }, [asking]);

  async function go(): Promise<void> {
    if (busy) return;
    setBusy(true);
    const done = await end();
    setBusy(false);
    setProblem(done.ok ? null : problemWords(done.code, done.message));
    if (done.ok) setAsking(false);
  }

  if (!asking)
    return (
      <p class="acts">
        <button
          type="button"
          class="button small"
          aria-expanded={false}
          aria-label={label}
          onClick={() => setAsking(true)}
        >
          {act}
        </button>
      </p>
    );
  return (
    <section class="ends-early" aria-label={label}>
      <p>{says}</p>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <p class="acts">
        <button
          type="button"
          class="button small button-ends"
          aria-disabled={busy}
          aria-label={label}
          ref={confirm}
          onClick={() => void go()}
        >
          {act}
        </button>
        <button type="button" class="button small quiet" onClick={() => setAsking(false)}>
          {say('leaveIt')}
        </button>
      </p>
    </section>
  );
}
