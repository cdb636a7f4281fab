import type { ComponentChildren } from 'preact';
import type { UnblockLine } from '../../../unblocks/wire.ts';
import { momentWords } from '../ends.ts';
import { now } from '../now.ts';
import { say } from '../words.ts';
import { NetworkClosed } from './network-closed.tsx';
import { When } from './when.tsx';

/** One unblock: which sites, for whom, until when, why, and who said what. */
export function UnblockThing({ line, children }: { line: UnblockLine; children?: ComponentChildren }) {
  const isOver = line.state === 'ended' || line.state === 'refused';
  return (
    <li class={isOver ? 'thing thing-over' : 'thing'}>
      <div class="thing-head">
        <h3>
          {line.entries.map(({ entry }) => (
            <bdi key={entry} class="thing-site" dir="ltr">
              {entry}
            </bdi>
          ))}
        </h3>
        <p class="thing-until">
          <strong>{line.group.name}</strong> {periodWords(line)}
        </p>
      </div>
      <p>{line.reason}</p>
      <p class="soft">
        {say('unblocksAskedBy', line.askedBy)} <When at={line.askedAt} />
        {line.decidedBy && (
          <>
            {' · '}
            {say(
              line.state === 'refused' ? 'unblocksRefusedBy' : 'unblocksAgreedBy',
              line.decidedBy,
              line.decidedWhy ?? '',
            )}
          </>
        )}
      </p>
      {line.networkClosed && !isOver && <NetworkClosed closed={line.networkClosed} />}
      {children}
    </li>
  );
}

/** "until Fri, 4 Dec", or from when to when; what is over says how it ended. */
function periodWords({ state, startsAt, endsAt }: UnblockLine): string {
  const at = now.value;
  if (state === 'refused') return say('unblocksWasRefused');
  if (state === 'ended' || Date.parse(endsAt) <= at.getTime())
    return say(state === 'asked' ? 'unblocksNeverDecided' : 'unblocksWasOver');
  if (state === 'agreed' && Date.parse(startsAt) <= at.getTime())
    return say('unblocksUntil', momentWords(endsAt, at));
  return say('unblocksFromTo', momentWords(startsAt, at), momentWords(endsAt, at));
}
