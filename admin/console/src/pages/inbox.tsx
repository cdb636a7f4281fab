import { Inbox as InboxIcon } from 'lucide-preact';
import { useEffect } from 'preact/hooks';
import type { InboxFilter } from '../api.ts';
import { useHouse } from '../house.ts';
import { inboxAddress } from '../inbox.ts';
import type { PageProps } from '../pages.tsx';
import { Heading } from '../pieces/heading.tsx';
import { InboxBar } from '../pieces/inbox-bar.tsx';
import { InboxTable } from '../pieces/inbox-table.tsx';
import { LiveLine } from '../pieces/live-line.tsx';
import { Problem } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { Toast } from '../pieces/toast.tsx';
import { followLink } from '../route.ts';
import { counted, say } from '../words.ts';

/** What waits for the coordinator? Masked: host and kind, never title, address or name. */
export function InboxPage({ search }: PageProps) {
  const filter: InboxFilter = search.get('state') === 'all' ? 'all' : 'new';
  const { inbox } = useHouse();
  useEffect(() => inbox.show(filter), [inbox, filter]);

  const rows = inbox.filter.value === filter ? inbox.rows.value : null;
  const problem = inbox.problem.value;
  const refused = inbox.refused.value;
  const waiting = inbox.waiting.value ?? 0;

  return (
    <section class="inbox">
      <Heading title={say('inboxTitle')} waiting={waiting} quiet={inbox.lastOpened.value !== null}>
        <nav class="filters" aria-label={say('filterName')}>
          <Filter to="new" current={filter} count={waiting} />
          <Filter to="all" current={filter} />
        </nav>
        <LiveLine />
      </Heading>
      {refused && <Problem code={refused.code} again={() => void inbox.act(refused.act)} />}
      {problem && <Problem code={problem} again={() => void inbox.refresh()} />}
      {inbox.sendsMail.value === false && <p class="soft inbox-mail">{say('nobodyTold')}</p>}
      {rows === null && !problem && <Skeleton lines={8} />}
      {rows && rows.length === 0 && <Empty filter={filter} />}
      {rows && rows.length > 0 && (
        <>
          <InboxTable rows={rows} />
          {inbox.more.value && (
            <button type="button" class="button quiet more" onClick={() => void inbox.readMore()}>
              {say('showMore')}
            </button>
          )}
          <Keys />
        </>
      )}
      <InboxBar />
      <Toast />
    </section>
  );
}

const Filter = ({ to, current, count = 0 }: { to: InboxFilter; current: InboxFilter; count?: number }) => (
  <a href={inboxAddress(to)} onClick={followLink} aria-current={to === current ? 'page' : undefined}>
    {say(to === 'new' ? 'filterNew' : 'filterAll')}
    {count > 0 && <span class="filter-count">{counted(count)}</span>}
  </a>
);

const Empty = ({ filter }: { filter: InboxFilter }) => (
  <div class="empty">
    <InboxIcon class="empty-picture" size={28} aria-hidden="true" />
    <h2>{say(filter === 'new' ? 'emptyNewTitle' : 'emptyAllTitle')}</h2>
    <p>{say(filter === 'new' ? 'emptyNewText' : 'emptyAllText')}</p>
    {filter === 'new' && (
      <a href={inboxAddress('all')} onClick={followLink}>
        {say('emptyNewSeeAll')}
      </a>
    )}
  </div>
);

/** The keys work only while the focus is in the list (WCAG 2.1.4), and are written where one sees them. */
const Keys = () => (
  <p class="keys">
    <span>{say('keysHint')}</span>
    <span>
      <kbd>↑</kbd> <kbd>↓</kbd> <kbd>J</kbd> <kbd>K</kbd> {say('keysMove')}
    </span>
    <span>
      <kbd>Enter</kbd> {say('keysOpen')}
    </span>
    <span>
      <kbd>N</kbd> {say('keysNoConcern')}
    </span>
    <span>
      <kbd>X</kbd> {say('keysSelect')}
    </span>
  </p>
);
