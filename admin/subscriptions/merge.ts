import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import type { Catalogue } from '../../rules/catalogue.ts';
import type { CategoryId } from '../../rules/categories.ts';
import { mergeLists, mergePaths } from '../../rules/lists/clean.ts';
import { withoutExceptions } from '../../rules/lists/exceptions.ts';
import { sha256 } from '../sign.ts';
import { readStanding, writeStanding } from '../store/standing.ts';
import {
  allSubscriptions,
  exceptionsOf,
  forgetVersions,
  noteVersion,
  type Subscription,
  versionsOf,
} from '../store/subscriptions.ts';
import type { Writing } from '../store/tables.ts';
import { keptText, linesOf, squeeze, writeWhole } from './kept.ts';
import {
  forgetOthers,
  isThere,
  namesOfTravelling,
  type Travelling,
  wholePath,
  writeDeltas,
  writeParts,
} from './travelling.ts';

/** A device that was off for longer than this fetches parts instead of a delta. */
const VERSIONS_KEPT_MS = 30 * 86_400_000;

/** Rises when the same sources make another list. */
const MERGER = 2;

type Place = { store: Writing; listsFolder: string; now: () => Date };

/** What was made of one category the last time: the same sources give the same list. */
const Made = z.object({
  from: z.string(),
  sha256: z.string(),
  hosts: z.number(),
  bytes: z.number(),
  parts: z.array(z.string()),
  paths: z
    .object({ sha256: z.string(), entries: z.number(), bytes: z.number(), parts: z.array(z.string()) })
    .optional(),
});

type Merged = Travelling & { paths?: Omit<Travelling, 'hosts'> & { entries: number } };

const mergedOf = ({ from: _, paths, ...travelling }: z.infer<typeof Made>): Merged => ({
  ...travelling,
  ...(paths ? { paths } : {}),
});

const isWhole = (lists: string, { paths, ...hosts }: z.infer<typeof Made>): boolean =>
  isThere(lists, hosts) && (!paths || isThere(lists, { ...paths, hosts: paths.entries }));

/**
 * The list of one category, as it travels: the hand-written hosts and every subscription that is live, without its
 * exceptions. Made only when a source has changed, with deltas from the versions before.
 */
export async function mergeCategory(
  { store, listsFolder, now }: Place,
  category: CategoryId,
  handWritten: readonly string[],
): Promise<Merged> {
  const sources: { sha256: string; excepted: string[] }[] = [];
  for (const { id, live } of await subscriptionsOf(store, category)) {
    const excepted = (await exceptionsOf(store, id)).filter(({ revokedAt }) => revokedAt === null);
    if (live) sources.push({ sha256: live.sha256, excepted: excepted.map(({ host }) => host) });
  }
  const from = sha256(JSON.stringify([MERGER, handWritten, sources]));
  const before = Made.safeParse(await readStanding(store, `list:${category}`)).data;
  if (before?.from === from && isWhole(listsFolder, before)) return mergedOf(before);
  const lists: (readonly string[])[] = handWritten.length > 0 ? [handWritten] : [];
  for (const source of sources) {
    const text = await keptText(listsFolder, source.sha256).catch(() => null);
    // A damaged file must not keep the endpoint from starting: what was made of it before still stands.
    if (text === null && before && isWhole(listsFolder, before)) return mergedOf(before);
    if (text !== null) lists.push(withoutExceptions(linesOf(text), new Set(source.excepted)));
  }
  const isPath = (line: string) => line.includes('/');
  const names = mergeLists(lists.map((list) => list.filter((line) => !isPath(line))));
  const pages = mergePaths(
    lists.map((list) => list.filter(isPath)),
    names,
  );
  const place = { store, listsFolder, now };
  const hosts = await writeVersion(place, category, names, before?.sha256);
  const made: Merged = { ...hosts };
  if (pages.length > 0) {
    const { hosts: entries, ...rest } = await writeVersion(
      place,
      `paths:${category}`,
      pages,
      before?.paths?.sha256,
    );
    made.paths = { ...rest, entries };
  }
  await writeStanding(store, `list:${category}`, { from, ...made });
  return made;
}

/** Writes a text as it travels, with the differences from the versions before; `of` is what its versions go by. */
async function writeVersion(
  { store, listsFolder, now }: Place,
  of: string,
  lines: readonly string[],
  before: string | undefined,
): Promise<Travelling> {
  const made = await writeParts(listsFolder, lines);
  const old =
    before !== undefined && before !== made.sha256 ? await namesOfTravelling(listsFolder, before) : null;
  if (before !== undefined && old)
    await writeDeltas(
      listsFolder,
      [
        { sha256: before, lines: old },
        { sha256: made.sha256, lines },
      ],
      await versionsOf(store, of),
    );
  await noteVersion(store, of, made.sha256, now().toISOString());
  return made;
}

/** The licensed lists of illegal addresses, as they travel: hashed, whole, each with deltas from the versions before. */
export async function hashedLists({
  store,
  listsFolder,
  now,
}: Place): Promise<NonNullable<Catalogue['hashed']>> {
  const hashed: NonNullable<Catalogue['hashed']> = [];
  await mkdir(listsFolder, { recursive: true });
  for (const { id, live } of await subscriptionsOf(store, 'illegal')) {
    if (!live) continue;
    const key = `hashed:${id}`;
    const known = z
      .object({ sha256: z.string(), bytes: z.number() })
      .safeParse(await readStanding(store, key)).data;
    if (known?.sha256 === live.sha256) {
      hashed.push({ category: 'illegal', sha256: live.sha256, entries: live.hosts, bytes: known.bytes });
      continue;
    }
    const text = await keptText(listsFolder, live.sha256).catch(() => null);
    if (text === null) continue;
    const packed = await squeeze(text, { level: 6 });
    await writeWhole(wholePath(listsFolder, live.sha256), packed);
    const before = known && (await keptText(listsFolder, known.sha256).catch(() => null));
    if (known && before)
      await writeDeltas(
        listsFolder,
        [
          { sha256: known.sha256, lines: linesOf(before) },
          { sha256: live.sha256, lines: linesOf(text) },
        ],
        await versionsOf(store, key),
      );
    await writeStanding(store, key, { sha256: live.sha256, bytes: packed.length });
    await noteVersion(store, key, live.sha256, now().toISOString());
    hashed.push({ category: 'illegal', sha256: live.sha256, entries: live.hosts, bytes: packed.length });
  }
  return hashed;
}

async function subscriptionsOf(store: Writing, category: CategoryId): Promise<Subscription[]> {
  return (await allSubscriptions(store)).filter((one) => one.category === category);
}

/** Removes the versions, parts and deltas that no device can be holding any more. */
export async function forgetOldVersions(
  { store, listsFolder, now }: Place,
  inForce: readonly string[],
): Promise<void> {
  await forgetVersions(store, new Date(now().getTime() - VERSIONS_KEPT_MS).toISOString(), inForce);
  await forgetOthers(listsFolder, new Set([...inForce, ...(await versionsOf(store))]));
}
