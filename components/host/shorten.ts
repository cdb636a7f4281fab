/** As many characters as a line of small print has room for. */
const ROOM = 44;

/**
 * A host that fits a line. The end of a name says whose it is (`….evil.example`), so the beginning goes, at a dot
 * where there is one; the whole never grows beyond `room` characters.
 */
export function shortHost(host: string, room = ROOM): string {
  if (host.length <= room) return host;
  const end = host.slice(-(room - 1));
  const dot = end.indexOf('.');
  const labels = dot >= 0 ? end.slice(dot + 1) : '';
  return `…${labels.includes('.') ? labels : end}`;
}
