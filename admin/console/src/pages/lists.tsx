import { ListChecks } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { categories } from '../../../../rules/categories.ts';
import type { ListLine } from '../../../subscriptions/wire.ts';
import { announce } from '../announce.ts';
import { useHouse } from '../house.ts';
import { listProblem, listState, listsApi, listsLine, sourceOf } from '../lists.ts';
import { Heading } from '../pieces/heading.tsx';
import { Problem } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { WaitingList } from '../pieces/waiting-list.tsx';
import { When } from '../pieces/when.tsx';
import { useReading } from '../reading.ts';
import { counted, plural, say } from '../words.ts';

/** Does any list need me, and what have they left out for us? */
export function ListsPage() {
  const { api } = useHouse();
  const asking = listsApi(api);
  const read = useReading('lists', asking.all);
  const [refused, setRefused] = useState<string | null>(null);

  async function act(answer: ReturnType<typeof asking.settle>, done: string): Promise<void> {
    const { ok, ...rest } = await answer;
    setRefused(ok ? null : (rest as { code: string }).code);
    if (ok) announce(done);
    read.again();
  }

  const lists = read.value?.lists;
  const waiting = lists?.filter((list) => list.waiting) ?? [];
  const code = refused ?? read.problem;
  return (
    <section class="lists">
      <Heading title={say('listsTitle')} waiting={waiting.length} />
      {code && <Problem code={code} again={read.again} />}
      {!lists && !code && <Skeleton lines={6} />}
      {lists && lists.length === 0 && (
        <div class="empty">
          <ListChecks class="empty-picture" size={28} aria-hidden="true" />
          <h2>{say('listsEmptyTitle')}</h2>
          <p>{say('listsEmptyText')}</p>
        </div>
      )}
      {lists && lists.length > 0 && (
        <>
          <p class="one-line">{listsLine(say, lists)}</p>
          {waiting.map((list) => (
            <WaitingList
              key={`${list.id} ${list.waiting?.sha256}`}
              list={list}
              settle={(accept) =>
                act(
                  asking.settle(list.id, { sha256: list.waiting?.sha256 ?? '', accept }),
                  say(accept ? 'listsAccepted' : 'listsKept', list.id),
                )
              }
            />
          ))}
          <table class="sheet lists-sheet">
            <caption class="unseen">{say('listsCaption')}</caption>
            <thead>
              <tr>
                <th scope="col">{say('columnList')}</th>
                <th scope="col">{say('columnCategory')}</th>
                <th scope="col">{say('columnSource')}</th>
                <th scope="col">{say('columnLooked')}</th>
                <th scope="col" class="number">
                  {say('columnSites')}
                </th>
                <th scope="col" class="number">
                  {say('columnPages')}
                </th>
              </tr>
            </thead>
            <tbody>
              {lists.map((list) => (
                <Line
                  key={list.id}
                  list={list}
                  close={(host, closed) =>
                    act(
                      asking.except(list.id, { host, closed }),
                      say(closed ? 'listsClosedAgain' : 'listsLeftOutAgain', host),
                    )
                  }
                />
              ))}
            </tbody>
          </table>
          <p class="lists-upstream">
            {read.value?.upstream ? say('listsUpstream', read.value.upstream) : say('listsNoUpstream')}
          </p>
        </>
      )}
    </section>
  );
}

function Line({ list, close }: { list: ListLine; close: (host: string, closed: boolean) => Promise<void> }) {
  const state = listState(list);
  return (
    <tr class="line">
      <th scope="row" class="cell-list">
        <span class={`state state-list-${state}`}>{list.id}</span>
        {state !== 'live' && (
          <p class="list-note">
            {list.problem ? listProblem(say, list.problem) : say(`listState_${state}`)}{' '}
            {list.problem && <span class="code">{list.problem.code}</span>}
          </p>
        )}
        {list.exceptions.length > 0 && <LeftOut list={list} close={close} />}
      </th>
      <td class="cell-category">{categories[list.category].title}</td>
      <td class="cell-source">
        {sourceOf(list) ? <span title={list.url ?? ''}>{sourceOf(list)}</span> : say('listsByHand')}
      </td>
      <td class="cell-looked">
        {list.checkedAt ? <When at={list.checkedAt} /> : list.live && <When at={list.live.at} />}
      </td>
      <td class="number cell-sites" data-word={say('columnSites').toLowerCase()}>
        {counted(list.live?.hosts ?? 0)}
      </td>
      <td class="number cell-pages">{counted(list.live?.paths ?? 0)}</td>
    </tr>
  );
}

/** What is left out of a list because the school needs the site. */
function LeftOut({
  list,
  close,
}: {
  list: ListLine;
  close: (host: string, closed: boolean) => Promise<void>;
}) {
  const open = list.exceptions.filter(({ closed }) => !closed).length;
  return (
    <details class="left-out">
      <summary>{plural(say, 'listsLeftOut', open)}</summary>
      <ul>
        {list.exceptions.map(({ host, site, closed }) => (
          <li key={host}>
            <span class="code">{host}</span>
            {host !== site && <span class="left-out-site">{say('listsTouches', site)}</span>}
            <button type="button" class="button small quiet" onClick={() => void close(host, !closed)}>
              {say(closed ? 'listsLeaveOut' : 'listsClose')}
              <span class="unseen"> {host}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
