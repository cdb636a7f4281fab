import { useState } from 'preact/hooks';
import { categories } from '../../../../rules/categories.ts';
import type { ListLine } from '../../../subscriptions/wire.ts';
import { useHouse } from '../house.ts';
import { listsApi, whyItWaits } from '../lists.ts';
import { useReading } from '../reading.ts';
import { counted, plural, say } from '../words.ts';
import { When } from './when.tsx';

/** A version that differs too much to go live by itself: why, what it would close of our sites, and the choice. */
export function WaitingList({
  list,
  settle,
}: {
  list: ListLine;
  settle: (accept: boolean) => Promise<void>;
}) {
  const { api } = useHouse();
  const { value } = useReading(`${list.id} ${list.waiting?.sha256}`, () => listsApi(api).waiting(list.id));
  const [busy, setBusy] = useState(false);
  if (!list.waiting) return null;
  const choose = async (accept: boolean) => {
    if (busy) return;
    setBusy(true);
    await settle(accept);
    setBusy(false);
  };
  const leftOut = value?.clashes.filter(({ excepted }) => excepted) ?? [];
  const closed = value?.clashes.filter(({ excepted }) => !excepted) ?? [];
  return (
    <section class="waiting-list" aria-label={say('listsWaits', list.id)}>
      <h2>{say('listsWaits', list.id)}</h2>
      <p>
        {whyItWaits(say, list)} <When at={list.waiting.at} />
      </p>
      <p class="waiting-counts">
        {say(
          'listsWaitsCounts',
          categories[list.category].title,
          counted(list.live?.hosts ?? 0),
          counted(list.waiting.hosts),
        )}
      </p>
      <Sites title={plural(say, 'listsWouldLeaveOut', leftOut.length)} hosts={leftOut} />
      <Sites title={plural(say, 'listsWouldClose', closed.length)} hosts={closed} />
      <div class="waiting-acts">
        <button type="button" class="button main" aria-disabled={busy} onClick={() => void choose(true)}>
          {say('listsAccept')}
        </button>
        <button type="button" class="button" aria-disabled={busy} onClick={() => void choose(false)}>
          {say('listsKeep')}
        </button>
      </div>
    </section>
  );
}

const SHOWN = 12;

function Sites({ title, hosts }: { title: string; hosts: readonly { host: string }[] }) {
  if (hosts.length === 0) return null;
  const more = hosts.length - SHOWN;
  return (
    <p class="waiting-sites">
      {title}{' '}
      {hosts.slice(0, SHOWN).map(({ host }, index) => (
        <span key={host}>
          {index > 0 && ', '}
          <span class="code">{host}</span>
        </span>
      ))}
      {more > 0 && <span> {plural(say, 'listsAndMore', more)}</span>}
    </p>
  );
}
