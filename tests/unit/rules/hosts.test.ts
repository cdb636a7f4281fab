import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isListed } from '../../../rules/address.ts';
import { hostsFrom, hostsIn } from '../../../rules/hosts.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
// Few letters, so that names are beginnings and ends of each other, and hashes meet.
const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-'), minLength: 1, maxLength: 6 });

test('holds exactly what a Set holds, for any names', () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 300 }), fc.array(name), (names, others) => {
      const set = new Set(names);
      const hosts = hostsFrom(names);
      expect(hosts.size).toBe(set.size);
      expect([...hosts].sort()).toEqual([...set].sort());
      for (const one of [...names, ...others]) {
        expect(hosts.has(one)).toBe(set.has(one));
        expect(isListed(hosts, one)).toBe(isListed(set, one));
      }
    }),
    { numRuns: 300 },
  );
});

test('a last line without its end, empty lines, and an empty list', () => {
  const hosts = hostsIn(bytes('a.example\n\nb.example'));
  expect([hosts.size, ...hosts]).toEqual([2, 'a.example', 'b.example']);
  expect(['a.example', 'b.example', '', 'b', 'b.example\n', 'a.example\n\nb'].map(hosts.has)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect([hostsIn(bytes('')).size, hostsIn(bytes('')).has('a'), ...hostsIn(bytes('\n\n'))]).toEqual([
    0,
    false,
  ]);
});

test('a name with letters that are cut to a listed byte is not that name', () => {
  expect(hostsIn(bytes('a.example\n')).has('\u0161.example')).toBe(false);
});

test('a list is read through whole where it is longer than one chunk', () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `host-${index}.example`);
  expect([...hostsFrom(names)]).toEqual(names);
});

test('a host below a listed one is listed, one that only ends like it is not', () => {
  const hosts = hostsFrom(['games.example']);
  expect(
    ['games.example', 'www.games.example', 'videogames.example'].map((host) => isListed(hosts, host)),
  ).toEqual([true, true, false]);
});
