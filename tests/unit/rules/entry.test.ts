import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithin, parseAddress } from '../../../rules/address.ts';
import { patternsOf } from '../../../rules/condition.ts';
import { matches, parseEntry, printEntry } from '../../../rules/entry.ts';

const means = (entry: string, address: string): boolean => {
  const read = parseEntry(entry);
  const parsed = parseAddress(address);
  if (!read.ok || !parsed) throw new Error(`${entry} or ${address} could not be read`);
  return matches(read.entry, parsed);
};

describe('an entry means what Google Admin means by it', () => {
  test.each([
    ['example.com', 'https://example.com/', true],
    ['example.com', 'http://www.example.com:8080/a?b', true],
    ['example.com', 'https://notexample.com/', false],
    ['example.com', 'https://example.com.evil.test/', false],
    ['example.com', 'https://user:pw@example.com./', true],
    ['.example.com', 'https://example.com/', true],
    ['.example.com', 'https://www.example.com/', false],
    ['example.com/path', 'https://www.example.com/path/more', true],
    ['example.com/path', 'https://example.com/Path', false],
    // A path that begins with two slashes is one, and no other host.
    ['example.com//x', 'https://example.com//x', true],
    ['example.com//x', 'https://example.com/chat', false],
    ['example.com//', 'https://example.com/chat', false],
    ['example.com/.', 'https://example.com/chat', true],
    ['example.com/watch?v=ID', 'https://example.com/watch?a=1&v=ID', true],
    ['example.com/watch?v=ID', 'https://example.com/watch?v=IDx', false],
    ['example.com/watch?v=I*', 'https://example.com/watch?v=IDx', true],
    ['example.com/watch?v=1&w=2', 'https://example.com/watch?w=2&x&v=1', true],
    ['https://example.com', 'http://example.com/', false],
    ['example.com:8080', 'https://example.com:8080/', true],
    ['example.com:8080', 'https://example.com/', false],
    ['example.com:443', 'https://example.com/', true],
    ['example.com:443', 'http://example.com/', false],
    ['münchen.de', 'https://xn--mnchen-3ya.de/', true],
    ['127.0.0.1', 'http://2130706433/', true],
    ['127.0.0.1', 'http://0x7f.1/', true],
    ['intranet', 'http://intranet/home', true],
  ])('%s · %s → %s', (entry, address, expected) => {
    expect(means(entry, address)).toBe(expected);
    const read = parseEntry(entry);
    // The pattern that Chrome gets says the same, beside a requestDomains that has seen to the host.
    const parsed = parseAddress(address);
    if (read.ok && parsed && isWithin(parsed.host, read.entry.host))
      expect(patternsOf(read.entry).some((pattern) => new RegExp(pattern).test(new URL(address).href))).toBe(
        expected,
      );
  });
});

describe('a refused entry says why', () => {
  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['co.uk', 'public-suffix'],
    ['github.io', 'public-suffix'],
    ['*.example.com', 'wildcard'],
    ['*', 'wildcard'],
    ['ftp://example.com', 'scheme'],
    ['javascript://x', 'scheme'],
    ['user@example.com', 'credentials'],
    ['example.com/#part', 'fragment'],
    ['exa mple.com', 'not-a-host'],
    ['/path', 'not-a-host'],
    ['example.com:99999', 'port'],
    ['example.com?a&b&c&d', 'query'],
    [`${'a'.repeat(3_000)}.com`, 'too-long'],
  ])('%s → %s', (text, code) => {
    expect(parseEntry(text)).toMatchObject({ ok: false, code, reason: expect.stringMatching(/\w+/) });
  });
});

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const entryText = fc
  .record({
    scheme: fc.constantFrom('', 'http://', 'https://'),
    dot: fc.constantFrom('', '.'),
    host: fc.tuple(label, label).map(([a, b]) => `${a}.${b}.org`),
    port: fc.constantFrom('', ':80', ':443', ':8080'),
    path: fc.constantFrom('', '/a', '/a/b.html', '/%20x', '/ü'),
    query: fc.constantFrom('', '?v=1', '?v=1&w=2', '?k', '?k*', '?v=a*'),
  })
  .map(({ scheme, dot, host, port, path, query }) => `${scheme}${dot}${host}${port}${path}${query}`);

test('what is printed is read again as the same entry', () => {
  fc.assert(
    fc.property(entryText, (text) => {
      const read = parseEntry(text);
      if (!read.ok) throw new Error(`${text}: ${read.reason}`);
      expect(parseEntry(printEntry(read.entry))).toEqual(read);
    }),
  );
});
