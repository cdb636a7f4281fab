/** Characters that turn the reading direction: nobody's host holds one, and they make `gnp.exe` read as `exe.png`. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** As many characters as a line of small print has room for. */
const ROOM = 44;

/**
 * A host that fits a line. The end of a name says whose it is (`….evil.example`), so the beginning goes, at a dot
 * where there is one; the whole never grows beyond `room` characters.
 */
export function shortHost(host: string, room = ROOM): string {
  const plain = host.replace(turning, '');
  if (plain.length <= room) return plain;
  const end = plain.slice(-(room - 1));
  const dot = end.indexOf('.');
  const labels = dot >= 0 ? end.slice(dot + 1) : '';
  return `…${labels.includes('.') ? labels : end}`;
}
