import { Check } from 'lucide-preact';
import type { InboxRow } from '../../../console-wire.ts';
import { kindWords, whoWords } from '../item-words.ts';
import { now } from '../now.ts';
import { addressOf, followLink } from '../route.ts';
import { relative } from '../when.ts';
import { plural, say } from '../words.ts';
import { KindIcon } from './icons.tsx';
import { Said, StateTag, UrgencyTag } from './said.tsx';
import { When } from './when.tsx';

type Line = {
  row: InboxRow;
  ticked: boolean;
  /** It can be judged together with others. */
  tickable: boolean;
  /** One row of the list is in the tab order, the arrows reach the others. */
  reachable: boolean;
  fresh: boolean;
  onReach: () => void;
  onOpen: () => void;
  onTick: (event: MouseEvent) => void;
  onNoConcern: () => void;
};

/** One report or request, masked. */
export function InboxLine({
  row,
  ticked,
  tickable,
  reachable,
  fresh,
  onReach,
  onOpen,
  onTick,
  onNoConcern,
}: Line) {
  const received = relative(say, new Date(row.receivedAt), now.value);
  const tabIndex = reachable ? 0 : -1;
  const facts = [
    row.count > 1 && plural(say, 'times', row.count),
    row.returned && say('wentBack'),
    row.notes > 0 && plural(say, 'notes', row.notes),
  ].filter((fact) => typeof fact === 'string');
  return (
    <tr
      data-id={row.id}
      class={`line line-${row.state} urgency-${row.urgency} ${ticked ? 'line-ticked' : ''} ${fresh ? 'line-fresh' : ''}`}
      onFocusIn={onReach}
    >
      <td class="cell-tick">
        {tickable && (
          <label class="tick">
            <input
              type="checkbox"
              tabIndex={tabIndex}
              aria-label={say('selectRow', row.host, received)}
              checked={ticked}
              onClick={onTick}
            />
          </label>
        )}
      </td>
      <td class="cell-site">
        <a
          href={addressOf('item', { id: row.id })}
          tabIndex={tabIndex}
          onClick={(event) => {
            onOpen();
            followLink(event);
          }}
        >
          <bdi dir="ltr">{row.host}</bdi>
        </a>
      </td>
      <td class="cell-what">
        <span class="kind">
          <KindIcon row={row} />
          <span>{kindWords(say, row)}</span>
        </span>
        {facts.length > 0 && <span class="line-facts">{facts.join(' · ')}</span>}
      </td>
      <td class="cell-said">
        {row.answers.length > 0 ? (
          <div class="saids">
            <UrgencyTag urgency={row.urgency} />
            <div class="saids-words">
              <Said answers={row.answers} />
            </div>
          </div>
        ) : (
          <span class="soft">{say('noAnswer')}</span>
        )}
      </td>
      <td class="cell-from">{whoWords(say, row)}</td>
      <td class="cell-when">
        <When at={row.receivedAt} />
      </td>
      <td class="cell-act">
        {row.kind === 'request' && row.state === 'new' ? (
          <a class="button quiet small" href={addressOf('requests')} tabIndex={tabIndex} onClick={followLink}>
            {say('answerOnRequests')}
          </a>
        ) : row.state === 'new' ? (
          <button
            type="button"
            class="button quiet small"
            tabIndex={tabIndex}
            aria-label={say('noConcernRow', row.host, received)}
            onClick={onNoConcern}
          >
            <Check class="icon" size={16} aria-hidden="true" />
            {say('noConcern')}
          </button>
        ) : (
          <StateTag state={row.state} />
        )}
      </td>
    </tr>
  );
}
