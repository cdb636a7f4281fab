import { Check, CheckCheck, RotateCcw } from 'lucide-preact';
import type { InboxItem } from '../../../console-wire.ts';
import { addressOf, followLink } from '../route.ts';
import { say } from '../words.ts';

type Acts = {
  item: Pick<InboxItem, 'kind' | 'state' | 'urgency'>;
  settle: (what: 'no-concern' | 'done') => void;
  reopen: () => void;
};

/** What can be done with one: a report is judged or reopened, what a child asks for is answered on *Requests*. */
export function ItemActs({ item, settle, reopen }: Acts) {
  if (item.kind === 'request')
    return item.state === 'new' ? (
      <a class="button main" href={addressOf('requests')} onClick={followLink}>
        {say('answerOnRequests')}
      </a>
    ) : null;
  if (item.state !== 'new')
    return (
      <button type="button" class="button" onClick={reopen}>
        <RotateCcw class="icon" size={16} aria-hidden="true" />
        {say('reopen')}
      </button>
    );
  return (
    <>
      <button
        type="button"
        // Nobody is led to dismiss what a child calls urgent.
        class={item.urgency === 'ordinary' ? 'button main' : 'button'}
        onClick={() => settle('no-concern')}
      >
        <Check class="icon" size={16} aria-hidden="true" />
        {say('noConcern')}
      </button>
      <button type="button" class="button" onClick={() => settle('done')}>
        <CheckCheck class="icon" size={16} aria-hidden="true" />
        {say('done')}
      </button>
    </>
  );
}
