import type { LineFormat } from './formats.ts';

export type Detected =
  | { ok: true; format: LineFormat }
  | { ok: false; code: 'html' | 'binary' | 'garbage'; message: string };

const ADDRESS = /^\s*(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*::?[0-9a-f:]*)\s+\S/i;
const DNSMASQ = /^\s*(address|server|local)=\//;
const V2FLY = /^\s*(include|full|domain|keyword|regexp):\S|^\s*[a-z0-9.-]+\s+@\S+\s*$/;
const GOOGLE = /^\s*([a-z-]+:\/\/|\*$|\.?[a-z0-9.-]+(:\d+)?[/?])|^\s*[a-z0-9.-]+:\d+\s*$/i;

/** How a list is written, by its first lines; a page or a program where a list should be is refused. */
export function formatOf(lines: readonly string[]): Detected {
  const refusal = notAList(lines);
  if (refusal) return refusal;
  const said = lines.filter((line) => line.trim() !== '' && !/^\s*([#!;]|\[)/.test(line));
  const share = (pattern: RegExp) => said.filter((line) => pattern.test(line)).length / (said.length || 1);
  const isAdblock = lines.some((line) => /^\[adblock/i.test(line.trim()));
  if (isAdblock || share(/^\s*(\|\||@@)/) > 0.2) return { ok: true, format: 'adblock' };
  if (share(ADDRESS) > 0.3) return { ok: true, format: 'hosts' };
  if (share(DNSMASQ) > 0.3) return { ok: true, format: 'dnsmasq' };
  if (share(V2FLY) > 0) return { ok: true, format: 'v2fly' };
  return { ok: true, format: share(GOOGLE) > 0 ? 'google' : 'plain' };
}

/** What comes instead of a list: a captive portal's page, an error in JSON, a program. */
export function notAList(lines: readonly string[]): Extract<Detected, { ok: false }> | null {
  if (lines.some((line) => line.includes('\0')))
    return { ok: false, code: 'binary', message: 'is no text: a list is one name a line' };
  const first = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  if (/^<(!doctype|html|head|body|\?xml|!--|script|meta|title)/i.test(first))
    return { ok: false, code: 'html', message: 'is a web page, not a list' };
  if (/^[{[]\s*(["{[]|$)/.test(first) && !/^\[adblock/i.test(first))
    return { ok: false, code: 'garbage', message: 'is JSON, not a list' };
  return null;
}

/** True when most lines cannot be names: whatever it is, it is not a list that somebody keeps. */
export function isMostlyGarbage(counts: {
  lines: number;
  leftOut: { notHost: number; tooLong: number };
}): boolean {
  return counts.leftOut.notHost + counts.leftOut.tooLong > counts.lines / 2;
}
