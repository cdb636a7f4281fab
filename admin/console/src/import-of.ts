import { useState } from 'preact/hooks';
import { announce } from './announce.ts';
import type { Answered } from './api.ts';
import { type Issue, issuesIn } from './classes.ts';
import { problemWords } from './pieces/problem.tsx';
import { plural, say } from './words.ts';

/**
 * A file that is looked at first and applied when it is sent again: what was asked, what the endpoint said of it, and
 * what is wrong. `keeps` says of what was asked whether a refusal leaves the look before it on the screen.
 */
export function useImport<Asked, Said extends { applied: boolean }>(
  send: (asked: Asked) => Promise<Answered<Said>>,
  { appliedWord, keeps }: { appliedWord: string; keeps: (asked: Asked) => boolean },
) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [issues, setIssues] = useState<Issue[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  function forget(): void {
    setSaid(null);
    setAsked(null);
    setIssues([]);
    setProblem(null);
  }

  async function ask(next: Asked): Promise<void> {
    if (busy) return;
    setBusy(true);
    const answer = await send(next);
    setBusy(false);
    if (answer.ok) {
      setSaid(answer.value);
      setAsked(next);
      setIssues([]);
      setProblem(null);
      announce(say(answer.value.applied ? appliedWord : 'importSaysFirst'));
      return;
    }
    const found = issuesIn(answer.refused);
    if (!keeps(next)) forget();
    setIssues(found);
    setProblem(found.length > 0 ? null : problemWords(answer.code, answer.message));
    if (found.length > 0) announce(plural(say, 'importIssues', found.length));
  }

  return { asked, said, issues, problem, busy, ask, forget };
}
