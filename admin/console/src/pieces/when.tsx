import { now } from '../now.ts';
import { exact, relative } from '../when.ts';
import { say } from '../words.ts';

/**
 * Relative, and exact while the pointer or the keyboard is on it (or on its row). The one takes the other's place,
 * so nothing is covered and nothing moves.
 */
export function When({ at }: { at: string }) {
  const then = new Date(at);
  return (
    <time class="when" dateTime={at}>
      <span class="when-relative">{relative(say, then, now.value)}</span>
      <span class="when-exact">{exact(then, now.value)}</span>
    </time>
  );
}
