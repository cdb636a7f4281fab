import { NOT_KEPT } from '../../utils/reported-page.ts';
import { afterPaint } from '../page/after-paint.ts';
import { remembered } from '../page/remembered.ts';
import { put } from './put.tsx';

/**
 * The thanks come first: this script and what it imports carry neither zod nor tldts. What became of the report since,
 * `holding.ts` reads once they are on the screen.
 */

/** Reached by the button, not by reload or Back: then the report has just been made. */
const isNew = (): boolean =>
  performance.getEntriesByType('navigation').every((entry) => 'type' in entry && entry.type === 'navigate');

// The button brought us here when the report was on the disk, or the disk had not taken it.
const wasKept = !new URLSearchParams(location.search).has(NOT_KEPT);
const known = remembered();
if (known && isNew()) {
  put(known, { state: wasKept ? 'on-its-way' : 'set-aside', now: Date.now() });
  await afterPaint();
}
const holding = await import('./holding.ts');
await holding.begin();
