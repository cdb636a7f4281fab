import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { CategoryId } from '../../rules/categories.ts';
import type { Publisher } from '../publish.ts';
import { addSubscription, type Subscription, subscriptionOf } from '../store/subscriptions.ts';
import { listsAt } from './lists-at.ts';
import { type Asked, MAY_DIFFER, type Offered } from './offered.ts';
import type { Offering } from './offering.ts';
import type { ReadFor } from './read-for.ts';
import { unpackedIfArchive } from './tar.ts';

type Parts = { publisher: Publisher; offering: Offering; read: ReadFor };

/**
 * Imports by hand: one list, or every category of a UT1 tree that means one of ours. Nothing live is replaced by what
 * is no list, or differs by more than a person said it may.
 */
export function createImporting({ publisher, offering, read }: Parts) {
  const { store, now } = publisher;

  async function subscriptionFor(asked: Asked & { id: string; category: CategoryId }) {
    const known = await subscriptionOf(store, asked.id);
    if (known) return known;
    await addSubscription(store, {
      id: asked.id,
      category: asked.category,
      format: asked.format,
      url: null,
      everyHours: 24,
      mayDiffer: asked.mayDiffer ?? MAY_DIFFER,
      addedAt: now().toISOString(),
      addedBy: asked.by,
    });
    return (await subscriptionOf(store, asked.id)) as Subscription;
  }

  async function importOne(
    asked: Asked & { id: string; category: CategoryId },
    progress?: (lines: number) => void,
  ): Promise<Offered> {
    const { id, category, path, format, by } = asked;
    const known = await subscriptionOf(store, id);
    if (known && known.category !== category)
      return {
        ok: false,
        id,
        category,
        code: 'other-category',
        message: `the list "${id}" belongs to "${known.category}": name another with --id`,
      };
    const found = await read(path, { category, live: known?.live ?? null, format }, progress);
    // A file that is no list leaves nothing behind.
    if (!found.ok && !known) return { ...found, id, category };
    return offering.offer(await subscriptionFor(asked), found, by);
  }

  return async (
    asked: Asked,
    progress: (what: string, lines: number) => void = () => {},
  ): Promise<Offered[]> => {
    const folder = await mkdtemp(join(tmpdir(), 'keystage-list-'));
    try {
      const path = await unpackedIfArchive(asked.path, folder);
      if (!path.ok)
        return [{ ...path, id: asked.id ?? basename(asked.path), category: asked.category ?? '' }];
      const offered: Offered[] = [];
      for (const one of await listsAt({ ...asked, path: path.path }, asked.path))
        offered.push('ok' in one ? one : await importOne(one, (lines) => progress(one.id, lines)));
      return offered;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}
