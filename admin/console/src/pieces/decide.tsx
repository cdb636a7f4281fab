import { useRef, useState } from 'preact/hooks';
import type { Answered } from '../api.ts';
import { say } from '../words.ts';
import { problemWords } from './problem.tsx';
import { Typed } from './typed.tsx';

/** Yes or no, with why: the reason is written first, since it goes into the log and to whoever asked. */
export function Decide({
  label,
  yes,
  no,
  decide,
}: {
  label: string;
  yes: string;
  no: string;
  decide: (said: { yes: boolean; why: string }) => Promise<Answered<unknown>>;
}) {
  const [why, setWhy] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLElement>(null);

  async function conclude(answer: boolean): Promise<void> {
    if (busy) return;
    const written = why.trim();
    setMissing(written.length < 3);
    if (written.length < 3) return field.current?.focus();
    setBusy(true);
    const done = await decide({ yes: answer, why: written });
    setBusy(false);
    setProblem(done.ok ? null : problemWords(done.code, done.message));
  }

  return (
    <form
      class="decide"
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void conclude(true);
      }}
    >
      <Typed
        label={say('decideWhy')}
        value={why}
        onType={setWhy}
        error={missing ? say('decideWhyMissing') : undefined}
        field={field}
      />
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <p class="acts">
        <button type="submit" class="button main" aria-disabled={busy}>
          {yes}
        </button>
        <button type="button" class="button" aria-disabled={busy} onClick={() => void conclude(false)}>
          {no}
        </button>
      </p>
    </form>
  );
}
