import { z } from 'zod';
import type { LeftOut } from './counts.ts';

/** The ways in which lists are written. `ut1` is a folder of files that are read as `plain`. */
export const lineFormats = ['plain', 'hosts', 'dnsmasq', 'adblock', 'v2fly', 'google'] as const;
export type LineFormat = (typeof lineFormats)[number];
export const Format = z.enum(['auto', ...lineFormats, 'ut1']);
export type Format = z.infer<typeof Format>;

/** Where a line's meaning goes. */
export type Sink = {
  /** A name that may be a host; v2fly gives it attributes. */
  name(text: string, attributes?: readonly string[]): void;
  /** An address that says less than a host: `host/path`. */
  path(text: string): void;
  left(why: LeftOut): void;
  /** v2fly: another file of the same folder, only its lines with these attributes. */
  include(file: string, attributes: readonly string[]): void;
};

/** Reads one line. Empty lines and comments say nothing; everything else is given to the sink exactly once or more. */
export type ReadLine = (line: string, sink: Sink) => void;

export const lineReaders: Record<LineFormat, ReadLine> = {
  plain: readPlain,
  hosts: readHosts,
  dnsmasq: readDnsmasq,
  adblock: readAdblock,
  v2fly: readV2fly,
  google: readGoogle,
};

/** One name a line. A leading `.` or `*.` means the name and all below it, which a list means anyway. */
function readPlain(line: string, sink: Sink): void {
  const text = withoutComment(line);
  if (text === '') return;
  const bare = text.startsWith('*.') ? text.slice(2) : text.startsWith('.') ? text.slice(1) : text;
  const slash = bare.indexOf('/');
  if (slash < 0) {
    if (isHostAndPort(bare)) sink.left('narrower');
    else sink.name(bare);
    return;
  }
  const address = bare.replace(/^https?:\/\//, '');
  const end = address.indexOf('/');
  if (end >= 0 && end < address.length - 1) {
    sink.path(address);
    return;
  }
  sink.name(end < 0 ? address : address.slice(0, end));
}

const isHostAndPort = (text: string): boolean => /^[^:]+:\d+$/.test(text);

/** `0.0.0.0 name name …`; some lists leave the address out. */
function readHosts(line: string, sink: Sink): void {
  const text = withoutComment(line);
  if (text === '') return;
  const [address = '', ...names] = text.split(/\s+/);
  if (names.length === 0) {
    sink.name(address);
    return;
  }
  if (!/^[\d.]+$|:/.test(address)) {
    sink.left('notHost');
    return;
  }
  for (const name of names) sink.name(name);
}

/** `address=/name/0.0.0.0`; a `server=` that names a server answers the name and closes nothing. */
function readDnsmasq(line: string, sink: Sink): void {
  const text = line.replace(/^\s*#.*/, '').trim();
  if (text === '') return;
  const found = /^(address|server|local)=\/(.+)\/([^/]*)$/.exec(text);
  if (!found || (found[1] === 'server' && found[3] !== '')) {
    sink.left('otherRule');
    return;
  }
  for (const name of (found[2] ?? '').split('/')) sink.name(name);
}

/** Only `||name^` closes a host as a whole; everything else in such a list means something finer. */
function readAdblock(line: string, sink: Sink): void {
  const text = line.trim();
  if (text === '' || /^(!|\[|#(?![#@?$%]))/.test(text)) return;
  const name = /^\|\|([^/^$*|:]+)\^$/.exec(text)?.[1];
  if (name !== undefined) {
    sink.name(name);
    return;
  }
  sink.left(/^\/.+\/(\$.*)?$/.test(text) ? 'expression' : 'otherRule');
}

/** `domain:name`, `full:name` or `name`, each with `@attributes`; `include:file`. */
function readV2fly(line: string, sink: Sink): void {
  const text = withoutComment(line);
  if (text === '') return;
  const [rule = '', ...marks] = text.split(/\s+/);
  const attributes = marks.filter((mark) => mark.startsWith('@')).map((mark) => mark.slice(1));
  const [, kind = 'domain', value = ''] = /^(?:(\w+):)?(.*)$/.exec(rule) ?? [];
  if (kind === 'include') {
    sink.include(value, attributes);
    return;
  }
  if (kind === 'domain' || kind === 'full') {
    sink.name(value, attributes);
    return;
  }
  sink.left(kind === 'keyword' || kind === 'regexp' ? 'expression' : 'notHost');
}

/** Google Admin's URL blocklist. A list of hosts cannot say its finer entries: a school's own list can. */
function readGoogle(line: string, sink: Sink): void {
  const text = line.replace(/^\s*#.*/, '').trim();
  if (text === '') return;
  if (text === '*' || /^\*\.|^[a-z-]+:\/*\*?$/i.test(text)) {
    sink.left('otherRule');
    return;
  }
  const host = /^([^/:?.][^/:?]*)\/?$/.exec(text)?.[1];
  if (host === undefined) {
    // `.host` means that host alone, and a query's tokens stand in any order: neither is a beginning of an address.
    if (/^[^/:?.][^/:?]*\/[^?]+$/.test(text)) sink.path(text);
    else sink.left('narrower');
    return;
  }
  sink.name(host);
}

function withoutComment(line: string): string {
  const hash = line.indexOf('#');
  const text = (hash < 0 ? line : line.slice(0, hash)).trim();
  return text.startsWith('!') || text.startsWith(';') || text.startsWith('//') ? '' : text;
}
