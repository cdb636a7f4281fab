import { useSlow } from '../reading.ts';
import { say } from '../words.ts';

/** The shape of what will be here, from 400 ms on; before that nothing at all. */
export function Skeleton({ lines }: { lines: number }) {
  const slow = useSlow(true);
  return (
    <div class="skeleton" aria-busy="true">
      {slow && (
        <>
          <p class="unseen" role="status">
            {say('loading')}
          </p>
          {Array.from({ length: lines }, (_, line) => (
            <div class="skeleton-line" key={line} />
          ))}
        </>
      )}
    </div>
  );
}
