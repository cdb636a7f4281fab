import type { Role } from './console-wire.ts';
import { may } from './roles.ts';
import type { Change } from './store/items.ts';

/** What an open console is told: that the inbox, or the lessons, are worth reading again. */
export type LiveEvent = 'changed' | 'lessons';

type Listener = { role: Role; onEvent: (event: LiveEvent) => void; onClose: () => void };

/** Thirty seats that join in one second are one word to a console. */
const LESSONS_WITHIN_MS = 250;

/** Tells the open consoles what is worth reading again, and tells nobody of what they may not know. */
export function createLive() {
  const listeners = new Set<Listener>();
  let lessonsSoon: NodeJS.Timeout | undefined;
  const tell = (event: LiveEvent, mayKnow: (role: Role) => boolean) => {
    for (const { role, onEvent } of listeners) if (mayKnow(role)) onEvent(event);
  };
  return {
    /** Until the returned function is called, or the endpoint stops. */
    listen(listener: Listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Ends every open stream, so that the endpoint can stop at once. */
    close(): void {
      clearTimeout(lessonsSoon);
      for (const { onClose } of listeners) onClose();
    },
    changed(changes: readonly Pick<Change, 'openBefore' | 'openNow'>[]): void {
      if (changes.length === 0) return;
      // What was open before must vanish from an inbox that may no longer know of it.
      const forAll = changes.some(({ openBefore, openNow }) => openBefore || openNow);
      tell('changed', (role) => may(role, 'see-inbox') && (forAll || may(role, 'see-restricted')));
    },
    /** A lesson began, changed or ended, a seat came to it or went, or a pupil asked for something. */
    lessonsChanged(): void {
      lessonsSoon ??= setTimeout(() => {
        lessonsSoon = undefined;
        tell('lessons', (role) => may(role, 'run-lessons') || may(role, 'answer-requests'));
      }, LESSONS_WITHIN_MS).unref();
    },
  };
}
export type Live = ReturnType<typeof createLive>;
