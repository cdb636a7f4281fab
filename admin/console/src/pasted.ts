import type { PastedEntry } from '../../lessons/pasted-entry.ts';
import { say } from './words.ts';

/** All that is missing of a pasted address or cannot stand there, in sentences: nobody is sent back twice. */
export function wrongWith(
  read: PastedEntry,
  { entry, young, looked, reason }: { entry: string; young: boolean; looked: boolean; reason: string },
): string | null {
  const wrong = [
    entry.trim() === '' ? say('pasteMissing') : unreadable(read),
    young && !looked && say('pasteNotLooked'),
    young && reason.trim().length < 3 && say('pasteNoReason'),
  ].filter(Boolean);
  return wrong.length > 0 ? wrong.join(' ') : null;
}

function unreadable(read: PastedEntry): string | false {
  if (read.ok) return false;
  return read.code === 'whole-host' ? say('pasteWholeSite') : say('pasteUnreadable', read.reason);
}
