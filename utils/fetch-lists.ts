import type { Catalogue } from '../rules/catalogue.ts';
import { categoriesNeeded } from '../rules/compile.ts';
import { applyDelta, parseDelta } from '../rules/lists/delta.ts';
import { readHashed } from '../rules/lists/hashed.ts';
import { unpackNames } from '../rules/lists/packed.ts';
import { textOf } from '../rules/lists/parts.ts';
import type { KnownStage } from '../rules/stages.ts';
import { sha256Hex } from './digest.ts';
import type { CallFailed, Endpoint, Seat } from './endpoint.ts';
import { everOf, type Held, textsOf } from './held.ts';
import type { Store } from './store.ts';
import type { Troubles } from './troubles.ts';

type Parts = {
  store: Pick<Store, 'list' | 'listKeys' | 'keepList' | 'forgetList' | 'get'>;
  troubles: Pick<Troubles, 'note'>;
  /** Tells that the endpoint gave no usable answer. */
  failed: (where: string, why: CallFailed) => Promise<unknown>;
};

/** A text that is wanted: a category's hosts or paths in parts, or a hashed list, whole. */
type Wanted = {
  what: 'hosts' | 'paths' | 'hashed';
  sha256: string;
  category: string;
  parts: readonly string[];
};
export type ListsFetched = 'same' | 'new' | 'failed';

/** A list of a million names is some ten megabytes; a part is a hundredth of it. */
const LIST_AT_MOST = 64_000_000;
const PART_AT_MOST = 8_000_000;
/** A dozen small lists one by one are a dozen round trips; many large ones at once are too much for 4 GB. */
const LISTS_TOGETHER = 3;

/**
 * Fetches the lists that a stage needs: by the difference from the version that is here, else in parts, each kept as
 * it arrives, so that a cut costs one part. Everything is named by its hash: what is here is right, and what comes is
 * checked before use.
 */
export function createFetchLists({ store, troubles, failed }: Parts) {
  async function fetchLists(
    held: Held,
    stage: KnownStage,
    endpoint: Endpoint,
    seat: Seat,
  ): Promise<ListsFetched> {
    const { policy, catalogue } = held;
    if (!policy || !catalogue) return 'same';
    const needed = categoriesNeeded(everOf(held), stage);
    const wanted = [
      ...catalogue.lists.filter(({ category }) => needed.includes(category)).flatMap(textsIn),
      // Nobody can switch these off (DESIGN §6, locked).
      ...hashedIn(catalogue),
    ];
    const here = await store.listKeys();
    const missing = wanted.filter(({ sha256 }) => !here.includes(sha256));
    for (let at = 0; at < missing.length; at += LISTS_TOGETHER) {
      const came = await Promise.all(
        missing.slice(at, at + LISTS_TOGETHER).map((list) => fetchList(list, wanted, endpoint, seat)),
      );
      if (came.includes(false)) return 'failed';
    }
    await forgetOld(wanted.map(({ sha256 }) => sha256));
    return missing.length > 0 ? 'new' : 'same';
  }

  async function fetchList(
    list: Wanted,
    wanted: readonly Wanted[],
    endpoint: Endpoint,
    seat: Seat,
  ): Promise<boolean> {
    const { what, sha256, category, parts } = list;
    const text = (await byDelta(list, wanted, endpoint, seat)) ?? (await byParts(list, endpoint, seat));
    if (text === null) return false;
    if (text === undefined || (await sha256Hex(text)) !== sha256) {
      await troubles.note('list', 'wrong-hash', category);
      // A part is right by its own hash, so they do not belong together: none is worth keeping.
      for (const part of parts) await store.forgetList(part);
      return false;
    }
    if (what === 'hashed' && !readHashed(text)) await troubles.note('list', 'unknown-format', category);
    await store.keepList(sha256, text);
    return true;
  }

  /** Null where there is no version here, or no way from it: then the whole list is fetched. */
  async function byDelta(
    list: Wanted,
    wanted: readonly Wanted[],
    endpoint: Endpoint,
    seat: Seat,
  ): Promise<string | null> {
    const { sha256 } = list;
    const before = await versionHere(list, wanted);
    if (!before || before.sha256 === sha256) return null;
    const answer = await endpoint.call(`/v1/lists/${sha256}/from/${before.sha256}`, {
      seat,
      atMost: PART_AT_MOST,
    });
    const bytes = answer.ok ? await unpacked(answer.bytes) : null;
    const delta = bytes && parseDelta(new TextDecoder().decode(bytes));
    const text = delta && applyDelta(before.text, delta);
    return text && (await sha256Hex(text)) === sha256 ? text : null;
  }

  /** The version of this list that is in force; of a hashed one, whichever is here. */
  async function versionHere(
    { what, category }: Wanted,
    wanted: readonly Wanted[],
  ): Promise<{ sha256: string; text: string } | null> {
    const inForce = (await store.get('inForce'))?.lists?.of ?? [];
    const candidates =
      what === 'hashed'
        ? (await store.listKeys()).filter((key) => !wanted.some(({ sha256 }) => sha256 === key))
        : inForce
            .filter((list) => list.category === category)
            .flatMap(({ sha256, paths }) => (what === 'paths' ? (paths ?? []) : sha256));
    for (const sha256 of candidates) {
      const text = await store.list(sha256);
      if (text !== undefined && text.startsWith('#') === (what === 'hashed')) return { sha256, text };
    }
    return null;
  }

  /** Null when the endpoint gave none; undefined when what it gave is wrong. */
  async function byParts(
    { sha256, parts, category }: Wanted,
    endpoint: Endpoint,
    seat: Seat,
  ): Promise<string | null | undefined> {
    if (parts.length === 0) return whole(sha256, endpoint, seat);
    const texts: string[] = [];
    for (const part of parts) {
      const kept = await store.list(part);
      if (kept !== undefined) {
        texts.push(kept);
        continue;
      }
      const answer = await endpoint.call(`/v1/lists/parts/${part}`, { seat, atMost: PART_AT_MOST });
      if (!answer.ok) {
        await failed('list', answer);
        return null;
      }
      const bytes = await unpacked(answer.bytes);
      const text = bytes && textOf(unpackNames(new TextDecoder().decode(bytes)) ?? []);
      if (!text || (await sha256Hex(text)) !== part) {
        await troubles.note('list', 'wrong-hash', category);
        // Perhaps parts are packed as this version does not know yet: the whole list is plain text for ever.
        return whole(sha256, endpoint, seat);
      }
      await store.keepList(part, text);
      texts.push(text);
    }
    return texts.join('');
  }

  async function whole(sha256: string, endpoint: Endpoint, seat: Seat): Promise<string | null | undefined> {
    const answer = await endpoint.call(`/v1/lists/${sha256}`, { seat, atMost: LIST_AT_MOST });
    if (!answer.ok) {
      await failed('list', answer);
      return null;
    }
    const bytes = await unpacked(answer.bytes);
    return bytes ? new TextDecoder().decode(bytes) : undefined;
  }

  /** Lists that are neither wanted nor in force, and parts of lists that are whole, take up a small disk. */
  async function forgetOld(wanted: readonly string[]): Promise<void> {
    const inForce = (await store.get('inForce'))?.lists?.of.flatMap(textsOf) ?? [];
    for (const sha256 of await store.listKeys())
      if (!wanted.includes(sha256) && !inForce.includes(sha256)) await store.forgetList(sha256);
  }

  return fetchLists;
}

const hashedIn = ({ hashed = [] }: Catalogue): Wanted[] =>
  hashed.map(({ sha256, category }) => ({ what: 'hashed', sha256, category, parts: [] }));

const textsIn = ({ sha256, category, parts = [], paths }: Catalogue['lists'][number]): Wanted[] => [
  { what: 'hosts', sha256, category, parts },
  ...(paths ? [{ what: 'paths' as const, sha256: paths.sha256, category, parts: paths.parts ?? [] }] : []),
];

/** The bytes of an answer; a proxy may have unpacked them on the way. Null when they are cut off. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    return null;
  }
}
