import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unsafePatterns } from '../../../rules/safe-search.ts';
import { engineIds, engines } from '../../../rules/search-engines.ts';
import { madeSafe } from '../../engine/made-safe.ts';

const pages = {
  google: ['https://www.google.co.uk/search', 'https://google.com/', 'http://user@www.google.com:8080/webhp'],
  bing: ['https://www.bing.com/images/search', 'https://bing.com/'],
  duckduckgo: ['https://duckduckgo.com/', 'https://html.duckduckgo.com/html'],
  yahoo: ['https://uk.search.yahoo.com/search', 'https://search.yahoo.com/mobile/s'],
};

/** Pieces of our own values, whole and cut, so that what looks safe and is not comes up often. */
const query = (id: keyof typeof pages) => {
  const ours = engines[id].force.flatMap(({ key, value }) => [
    `${key}=${value}`,
    `${key.toUpperCase()}=${value}`,
    `${key}=off`,
    `x${key}=${value}`,
    `x?${key}=${value}`,
    `${key}=${value}x`,
    key,
    `${key}=`,
    value,
    `${key}=${value}`.slice(1),
  ]);
  const safe = engines[id].force.map(({ key, value }) => `${key}=${value}`).join('&');
  return fc
    .record({
      params: fc.array(fc.oneof(fc.constantFrom(...ours), fc.constantFrom('q=cats', 'a', '')), {
        maxLength: 4,
      }),
      end: fc.constantFrom('', `&${safe}`, safe, `?${safe}`),
      fragment: fc.constantFrom('', '', '#n', `#${safe}`, '#/?'),
    })
    .map(({ params, end, fragment }) => `?${params.join('&')}${end}${fragment}`);
};

test('an address is changed if and only if it is not in the strictest form yet', () => {
  for (const id of engineIds)
    fc.assert(
      fc.property(fc.constantFrom(...pages[id]), fc.oneof(query(id), fc.constant('')), (page, rest) => {
        const { href } = new URL(page + rest);
        const isChanged = unsafePatterns(id).some((pattern) => new RegExp(pattern).test(href));
        // Empty parameters mean nothing, and only we count them.
        const plain = href
          .replace(/\?&+/, '?')
          .replace(/&{2,}/g, '&')
          .replace(/&(?=#|$)/, '');
        if (madeSafe(plain) !== plain) expect(isChanged, href).toBe(true);
        else if (plain === href) expect(isChanged, href).toBe(false);
        // What it is changed to is never changed again.
        const safe = madeSafe(href);
        expect(
          unsafePatterns(id).some((pattern) => new RegExp(pattern).test(safe)),
          safe,
        ).toBe(false);
      }),
      { numRuns: 1_000 },
    );
});
