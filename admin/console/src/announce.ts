import { signal } from '@preact/signals';

/** What a screen reader says next, politely; see `pieces/frame.tsx`. */
export const announcement = signal('');

/** The same sentence twice is said twice: a trailing no-break space tells them apart. */
export function announce(sentence: string): void {
  announcement.value = announcement.value === sentence ? `${sentence}\u00a0` : sentence;
}
