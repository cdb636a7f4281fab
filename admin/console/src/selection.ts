/** Which rows are ticked, and where a Shift-click would start from. Order is the list's, never the set's. */
export type Selection = { ids: ReadonlySet<string>; from: string | null };

export const nothingSelected: Selection = { ids: new Set(), from: null };

/** Tick or untick one row. */
export function toggle(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, from: id };
}

/** Tick everything from the last row touched to this one, as a Shift-click does in any list. */
export function extend(selection: Selection, id: string, order: readonly string[]): Selection {
  const start = selection.from === null ? -1 : order.indexOf(selection.from);
  const end = order.indexOf(id);
  if (start < 0 || end < 0) return toggle(selection, id);
  const [first, last] = start < end ? [start, end] : [end, start];
  return { ids: new Set([...selection.ids, ...order.slice(first, last + 1)]), from: id };
}

/** All of these, or, when all are ticked already, none. */
export function toggleAll(selection: Selection, order: readonly string[]): Selection {
  return howMany(selection, order) === 'all' ? nothingSelected : { ids: new Set(order), from: null };
}

/** Rows come and go while the list is live: what is no longer there is no longer ticked. */
export function keepOnly(selection: Selection, order: readonly string[]): Selection {
  const ids = new Set(order.filter((id) => selection.ids.has(id)));
  return ids.size === selection.ids.size ? selection : { ids, from: selection.from };
}

export function howMany(selection: Selection, order: readonly string[]): 'none' | 'some' | 'all' {
  const ticked = order.filter((id) => selection.ids.has(id)).length;
  if (ticked === 0) return 'none';
  return ticked === order.length ? 'all' : 'some';
}

/** The row to go to from `id` by so many steps; stays inside the list. */
export function step(order: readonly string[], id: string | null, by: number): string | null {
  if (order.length === 0) return null;
  const at = id === null ? -1 : order.indexOf(id);
  if (at < 0) return (by < 0 ? order.at(-1) : order[0]) ?? null;
  return order[Math.min(order.length - 1, Math.max(0, at + by))] ?? null;
}

/** Where the eye goes when these rows leave the list: the next that stays, else the one before. */
export function neighbour(order: readonly string[], leaving: ReadonlySet<string>): string | null {
  const last = order.findLastIndex((id) => leaving.has(id));
  const after = order.slice(last + 1).find((id) => !leaving.has(id));
  return after ?? order.slice(0, Math.max(0, last)).findLast((id) => !leaving.has(id)) ?? null;
}
