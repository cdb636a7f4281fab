import { TriangleAlert } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import type { NetworkClosedHere } from '../../../grants/wire.ts';
import { say } from '../words.ts';
import { When } from './when.tsx';

/** What was opened here and is still closed by the school's network: which host, since when. */
export function NetworkClosed({
  closed,
  children,
}: {
  closed: NetworkClosedHere;
  children?: ComponentChildren;
}) {
  return (
    <p class="warning thing-warning">
      <TriangleAlert class="icon" size={16} aria-hidden="true" />
      <span>
        {say('networkStillCloses', closed.host)} {children} {'·\u00a0'}
        <When at={closed.at} />
      </span>
    </p>
  );
}
