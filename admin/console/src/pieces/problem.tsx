import { TriangleAlert } from 'lucide-preact';
import { say } from '../words.ts';

/** What went wrong, for a person; a code without words of its own is named, so that IT can look it up. */
export function problemWords(code: string): string {
  const key = `problem_${code.replaceAll('-', '_')}`;
  const words = say(key);
  return words === key ? say('problem_other', code) : words;
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
