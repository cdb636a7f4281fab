import { Undo2, X } from 'lucide-preact';
import { useEffect } from 'preact/hooks';
import { announce } from '../announce.ts';
import { useHouse } from '../house.ts';
import type { Done } from '../inbox.ts';
import { plural, say } from '../words.ts';

const doneWords = ({ act, rows }: Done): string =>
  plural(say, act === 'done' ? 'saidDone' : 'saidNoConcern', rows.length, rows[0]?.host ?? '');

/** What was just done, and the way back. It stays until the next act: nobody has to be quick. */
export function Toast() {
  const { inbox } = useHouse();
  const done = inbox.done.value;
  const words = done && done.rows.length > 0 ? doneWords(done) : null;
  useEffect(() => {
    if (words) announce(words);
  }, [words]);
  if (!words) return null;
  return (
    <div class="toast">
      <p>{words}</p>
      <button type="button" class="button small" onClick={() => void inbox.undo()}>
        <Undo2 class="icon" size={16} aria-hidden="true" />
        {say('undo')}
      </button>
      <button
        type="button"
        class="button quiet small bare"
        aria-label={say('close')}
        onClick={() => {
          inbox.done.value = null;
        }}
      >
        <X class="icon" size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
