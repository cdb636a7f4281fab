import { TriangleAlert } from 'lucide-preact';
import { say } from '../words.ts';

/**
 * What went wrong, for a person: our words, else the endpoint's own sentence; a code without either is named, so that
 * IT can look it up.
 */
export function problemWords(code: string, message?: string): string {
  const key = `problem_${code.replaceAll('-', '_')}`;
  const words = say(key);
  return words === key ? (message ?? say('problem_other', code)) : words;
}

/** One clear sentence and, where it can help, another try. */
export const Problem = ({ code, again }: { code: string; again?: (() => void) | undefined }) => (
  <div class="problem" role="alert">
    <TriangleAlert class="icon" size={18} aria-hidden="true" />
    <p>{problemWords(code)}</p>
    {again && (
      <button type="button" class="button quiet" onClick={again}>
        {say('tryAgain')}
      </button>
    )}
  </div>
);
