import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clashesOf, sitesOf } from '../../rules/lists/exceptions.ts';
import { listsAt } from './lists-at.ts';
import type { Asked, Offered } from './offered.ts';
import { readIllegal } from './read-illegal.ts';
import { readList } from './read-list.ts';
import { unpackedIfArchive } from './tar.ts';

/** Reads and counts lists without an endpoint: what an import would bring, against the built-in school sites alone. */
export async function countLists(
  asked: Asked,
  progress: (what: string, lines: number) => void,
): Promise<Offered[]> {
  const folder = await mkdtemp(join(tmpdir(), 'keystage-list-'));
  try {
    const path = await unpackedIfArchive(asked.path, folder);
    if (!path.ok) return [{ ...path, id: asked.id ?? '', category: asked.category ?? '' }];
    return await countAll(await listsAt({ ...asked, path: path.path }, asked.path), progress);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function countAll(
  lists: Awaited<ReturnType<typeof listsAt>>,
  progress: (what: string, lines: number) => void,
): Promise<Offered[]> {
  const offered: Offered[] = [];
  for (const one of lists) {
    if ('ok' in one) {
      offered.push(one);
      continue;
    }
    const { id, category } = one;
    const read =
      category === 'illegal'
        ? await readIllegal(one.path, null)
        : await readList(one.path, one.format, (lines) => progress(id, lines));
    if (!read.ok) {
      offered.push({ ...read, id, category });
      continue;
    }
    const { names, paths, counts, format, notes } = read;
    const clashes = category === 'illegal' ? [] : clashesOf([...names, ...paths], category, sitesOf(null));
    const rest = { hosts: counts.hosts, added: counts.hosts, removed: 0, clashes, format, counts, notes };
    offered.push({ ok: true, id, category, state: 'counted', ...rest });
  }
  return offered;
}
