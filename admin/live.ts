import type { Role } from './console-wire.ts';
import { may } from './roles.ts';
import type { Change } from './store/items.ts';

/** Tells the open inboxes that they are worth reading again, and tells nobody of what they may not know. */
export function createLive() {
  const listeners = new Map<() => void, { role: Role; onClose: () => void }>();
  return {
    /** Until the returned function is called, or the endpoint stops. */
    listen(role: Role, onChanged: () => void, onClose: () => void): () => void {
      listeners.set(onChanged, { role, onClose });
      return () => listeners.delete(onChanged);
    },
    /** Ends every open stream, so that the endpoint can stop at once. */
    close(): void {
      for (const { onClose } of listeners.values()) onClose();
    },
    changed(changes: readonly Pick<Change, 'openBefore' | 'openNow'>[]): void {
      if (changes.length === 0) return;
      // What was open before must vanish from an inbox that may no longer know of it.
      const forAll = changes.some(({ openBefore, openNow }) => openBefore || openNow);
      for (const [onChanged, { role }] of listeners) if (forAll || may(role, 'see-restricted')) onChanged();
    },
  };
}
export type Live = ReturnType<typeof createLive>;
