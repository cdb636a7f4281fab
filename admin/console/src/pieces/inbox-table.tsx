import { useEffect, useRef, useState } from 'preact/hooks';
import type { InboxRow } from '../../../console-wire.ts';
import { useHouse } from '../house.ts';
import { addressOf, goTo } from '../route.ts';
import { extend, howMany, neighbour, step, toggle, toggleAll } from '../selection.ts';
import { say } from '../words.ts';
import { InboxLine } from './inbox-line.tsx';

/** After rows moved by themselves, a click that was already on its way would hit another row than the one meant. */
const settleMs = 400;

export function InboxTable({ rows }: { rows: readonly InboxRow[] }) {
  const { inbox } = useHouse();
  const body = useRef<HTMLTableSectionElement>(null);
  const movedAt = useRef(0);
  const order = inbox.order.value;
  const open = inbox.open.value;
  const together = inbox.together.value;
  const selection = inbox.selection.value;
  const [current, setCurrent] = useState<string | null>(inbox.lastOpened.value);
  const reachable = current !== null && order.includes(current) ? current : (order[0] ?? null);

  const focusOn = (id: string | null) => {
    if (id) body.current?.querySelector<HTMLElement>(`[data-id="${id}"] a`)?.focus();
  };

  // Coming back from one report: to the row one came from.
  useEffect(() => {
    focusOn(inbox.lastOpened.value);
    inbox.lastOpened.value = null;
  }, [inbox]);

  const arrived = inbox.arrived.value;
  useEffect(() => {
    if (arrived.length > 0) movedAt.current = performance.now();
  }, [arrived]);

  function noConcern(id: string): void {
    const next = neighbour(order, new Set([id]));
    const inList = body.current?.contains(document.activeElement);
    void inbox.act({ act: 'no-concern', ids: [id] });
    if (inList && inbox.filter.value === 'new') focusOn(next);
  }

  function key(event: KeyboardEvent): void {
    const line = (event.target as HTMLElement).closest<HTMLElement>('[data-id]');
    const id = line?.dataset.id;
    if (!id || event.metaKey || event.ctrlKey || event.altKey) return;
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (by) focusOn(step(order, id, by));
    else if (event.key === 'Home') focusOn(order[0] ?? null);
    else if (event.key === 'End') focusOn(order.at(-1) ?? null);
    else if (event.key === 'x' && together.includes(id)) inbox.selection.value = toggle(selection, id);
    else if (event.key === 'n' && open.includes(id)) noConcern(id);
    else return;
    event.preventDefault();
  }

  function click(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const id = target.closest<HTMLElement>('[data-id]')?.dataset.id;
    if (!id || target.closest('a, button, input, label, time')) return;
    goTo(addressOf('item', { id }));
  }

  const ticked = howMany(selection, together);
  return (
    <table class="sheet inbox-sheet">
      <caption class="unseen">{say('tableCaption')}</caption>
      <thead>
        <tr>
          <th scope="col" class="cell-tick">
            <label class="tick">
              <input
                type="checkbox"
                aria-label={say('selectAll')}
                disabled={together.length === 0}
                checked={ticked === 'all'}
                indeterminate={ticked === 'some'}
                onChange={() => {
                  inbox.selection.value = toggleAll(selection, together);
                }}
              />
            </label>
          </th>
          <th scope="col" class="column-site">
            {say('columnSite')}
          </th>
          <th scope="col" class="column-what">
            {say('columnWhat')}
          </th>
          <th scope="col">{say('columnSaid')}</th>
          <th scope="col" class="column-from">
            {say('columnFrom')}
          </th>
          <th scope="col" class="column-when">
            {say('columnWhen')}
          </th>
          <th scope="col" class="cell-act">
            <span class="unseen">{say('columnAct')}</span>
          </th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={key} onClick={click}>
        {rows.map((row) => (
          <InboxLine
            key={row.id}
            row={row}
            ticked={selection.ids.has(row.id)}
            tickable={together.includes(row.id)}
            reachable={row.id === reachable}
            fresh={arrived.some(({ id }) => id === row.id)}
            onReach={() => setCurrent(row.id)}
            onOpen={() => {
              inbox.lastOpened.value = row.id;
            }}
            onTick={(event) => {
              inbox.selection.value = event.shiftKey
                ? extend(selection, row.id, together)
                : toggle(selection, row.id);
            }}
            onNoConcern={() => {
              if (performance.now() - movedAt.current > settleMs) noConcern(row.id);
            }}
          />
        ))}
      </tbody>
    </table>
  );
}
