import { describe, expect, it, test } from 'vitest';
import { createCleaning } from '../../../rules/lists/clean.ts';
import { formatOf } from '../../../rules/lists/detect.ts';
import { type LineFormat, lineReaders } from '../../../rules/lists/formats.ts';
import { hostIn } from '../../../rules/lists/host.ts';
import { createLines } from '../../../rules/lists/lines.ts';

/** What a reader makes of some lines: names as they stand, the rest by its reason. */
function read(format: LineFormat, lines: string[]): string[] {
  const said: string[] = [];
  for (const line of lines)
    lineReaders[format](line, {
      name: (text) => said.push(text),
      path: (text) => said.push(`page ${text}`),
      left: (why) => said.push(`(${why})`),
      include: (file, attributes) => said.push(`include ${file} ${attributes.join(' ')}`.trim()),
    });
  return said;
}

describe('each format is read line by line', () => {
  it.each<[LineFormat, string, string[]]>([
    ['plain', 'a.example # why', ['a.example']],
    ['plain', '.a.example', ['a.example']],
    ['plain', '*.a.example', ['a.example']],
    ['plain', 'a.example/', ['a.example']],
    ['plain', 'https://a.example/', ['a.example']],
    ['plain', 'a.example/games', ['page a.example/games']],
    ['plain', 'http://a.example/games?x=1', ['page a.example/games?x=1']],
    ['plain', 'a.example:8080', ['(narrower)']],
    ['plain', '! comment', []],
    ['hosts', '0.0.0.0 a.example b.example # both', ['a.example', 'b.example']],
    ['hosts', '::1 ip6-localhost', ['ip6-localhost']],
    ['hosts', 'not an address', ['(notHost)']],
    ['dnsmasq', 'address=/a.example/0.0.0.0', ['a.example']],
    ['dnsmasq', 'server=/a.example/', ['a.example']],
    ['dnsmasq', 'local=/a.example/b.example/', ['a.example', 'b.example']],
    ['dnsmasq', 'server=/intranet.example/10.0.0.1', ['(otherRule)']],
    ['dnsmasq', 'cache-size=1000', ['(otherRule)']],
    ['adblock', '||a.example^', ['a.example']],
    ['adblock', '||a.example^$third-party', ['(otherRule)']],
    ['adblock', '@@||a.example^', ['(otherRule)']],
    ['adblock', 'a.example##.banner', ['(otherRule)']],
    ['adblock', '/ads[0-9]+/', ['(expression)']],
    ['adblock', '! ||comment.example^', []],
    ['v2fly', 'a.example @cn', ['a.example']],
    ['v2fly', 'full:a.example', ['a.example']],
    ['v2fly', 'regexp:^a\\.', ['(expression)']],
    ['v2fly', 'keyword:game', ['(expression)']],
    ['v2fly', 'include:other @ads', ['include other ads']],
    ['google', 'a.example', ['a.example']],
    ['google', '.a.example', ['(narrower)']],
    ['google', 'https://a.example', ['(narrower)']],
    ['google', 'a.example/path', ['page a.example/path']],
    ['google', 'a.example/path?v=1', ['(narrower)']],
    ['google', '.a.example/path', ['(narrower)']],
    ['google', 'a.example:8080', ['(narrower)']],
    ['google', '*', ['(otherRule)']],
    ['google', 'chrome://*', ['(otherRule)']],
  ])('%s: %s', (format, line, said) => {
    expect(read(format, [line])).toEqual(said);
  });

  it.each<[LineFormat | string, string[]]>([
    ['adblock', ['! Title', '||a.example^', '||b.example^']],
    ['hosts', ['# hosts', '127.0.0.1 localhost', '0.0.0.0 a.example']],
    ['dnsmasq', ['address=/a.example/0.0.0.0']],
    ['v2fly', ['include:other', 'a.example']],
    ['google', ['a.example', 'b.example/path', 'https://c.example']],
    ['plain', ['a.example', 'b.example']],
  ])('%s is known by its first lines', (format, lines) => {
    expect(formatOf(lines)).toEqual({ ok: true, format });
  });

  it.each([
    ['html', ['', '<!DOCTYPE html>', '<title>Sign in</title>']],
    ['garbage', ['{"error": "not found"}']],
    ['binary', ['MZ\0\0\u0001']],
  ])('%s is no list', (code, lines) => {
    expect(formatOf(lines)).toMatchObject({ ok: false, code });
  });
});

test.each([
  ['A.Example.', 'a.example'],
  ['münchen.example', 'xn--mnchen-3ya.example'],
  ['_dmarc.a.example', '_dmarc.a.example'],
  ['localhost', 'notHost'],
  ['com', 'notHost'],
  ['a b.example', 'notHost'],
  ['1.2.3.4', 'ip'],
  ['0x7f.1', 'ip'],
  ['2130706433', 'ip'],
  ['::1', 'ip'],
  ['[2001:db8::1]', 'ip'],
  [`${'a'.repeat(64)}.example`, 'notHost'],
  [`${'a.'.repeat(130)}example`, 'notHost'],
])('%s is %s', (text, host) => {
  expect(hostIn(text)).toBe(host);
});

test('cleaning drops suffixes, duplicates and names below a listed one, and counts each', () => {
  const cleaning = createCleaning();
  for (const name of [
    'b.example',
    'a.b.example',
    'x.a.b.example',
    'B.Example',
    'ab.example',
    'co.uk',
    'school.co.uk',
    'github.io',
    'one.github.io',
    '10.0.0.1',
    'nonsense',
  ])
    cleaning.add(name);
  expect(cleaning.cleaned()).toEqual(['ab.example', 'b.example', 'one.github.io', 'school.co.uk']);
  expect(cleaning.counts).toMatchObject({
    hosts: 4,
    leftOut: { publicSuffix: 2, duplicate: 1, underParent: 2, ip: 1, notHost: 1 },
  });
});

describe('lines', () => {
  const cut = (chunks: string[], atMost?: number) => {
    const lines: string[] = [];
    const cutting = createLines((line) => lines.push(line), atMost);
    for (const chunk of chunks) cutting.push(chunk);
    cutting.end();
    return { lines, tooLong: cutting.tooLong() };
  };

  it('come whole however the text is cut, with either end of line and without a byte order mark', () => {
    const text = '\u00ef\u00bb\u00bfone\r\ntwo\n\nthree';
    for (let at = 3; at < text.length; at++)
      expect(cut([text.slice(0, at), text.slice(at)]).lines).toEqual(['one', 'two', '', 'three']);
  });

  it('are UTF-8 where they can be, and Latin-1 where not', () => {
    const bytes = Buffer.from('zürich.example\n').toString('latin1');
    expect(cut([`${bytes}z\u00fcrich.example\n`]).lines).toEqual(['zürich.example', 'zürich.example']);
  });

  it('that are too long are counted, and the next one is read', () => {
    expect(cut(['a'.repeat(30), 'a'.repeat(30), '\nshort\n', 'b'.repeat(11)], 10)).toEqual({
      lines: ['short'],
      tooLong: 2,
    });
  });
});
