import type { DocumentKind, Envelope } from '../rules/document.ts';
import { compareVersions } from '../rules/document.ts';
import type { Clock } from './clock.ts';
import { readHeld } from './held.ts';
import type { Store } from './store.ts';
import type { Troubles } from './troubles.ts';
import { admit, type Trust } from './verify.ts';

/** What became of a document that came: kept, already here, or refused (and told). */
export type Kept = 'new' | 'same' | 'refused';
export type KeepDocument = ReturnType<typeof createKeepDocument>;

/**
 * Verifies what came and stores it, however it came: fetched, or pushed down the socket. One at a time, so that an
 * answer which was on its way for long does not take the place of newer orders that overtook it.
 */
export function createKeepDocument({
  store,
  clock,
  troubles,
}: {
  store: Store;
  clock: Clock;
  troubles: Troubles;
}) {
  async function keep(
    kind: DocumentKind,
    { jws, etag }: { jws: string; etag: string | null },
    trust: Trust,
    askedWith: Envelope | null,
  ): Promise<Kept> {
    const held = (await readHeld(store, trust))[kind];
    if (held && (await store.document(kind))?.jws === jws) {
      // The good one is offered again: whatever was refused in between is over.
      await troubles.over(kind);
      return 'same';
    }
    const admitted = await admit(kind, jws, trust, held);
    if (admitted.ok) {
      await store.keepDocument({ kind, jws, etag, receivedAt: clock.now() });
      await troubles.over(kind);
      return 'new';
    }
    const overtaken = held !== null && (!askedWith || compareVersions(held, askedWith) > 0);
    if (admitted.code === 'older-version' && overtaken) return 'same';
    const { ok: _, code, ...rest } = admitted;
    await troubles.note(kind, code, JSON.stringify(rest));
    return 'refused';
  }

  /** `askedWith` is what was held when it was asked for: only what is older than that is an old document. */
  return async (...what: Parameters<typeof keep>): Promise<Kept> =>
    await navigator.locks.request('keystage-keep', () => keep(...what));
}
