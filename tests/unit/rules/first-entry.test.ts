import { expect, test } from 'vitest';
import { parseAddress } from '../../../rules/address.ts';
import { judge } from '../../../rules/decide.ts';
import { parseEntry } from '../../../rules/entry.ts';
import { unknownSituation } from '../../../rules/situation.ts';
import { standingOf } from '../../../rules/standing.ts';

const documents = { policy: null, orders: null, lists: new Map(), listsInForce: false };

test('of several entries that mean an address, the first of the list is named, whatever its host', () => {
  const texts = ['unlike.example', 'b.example/x', 'a.b.example', 'b.example', '.a.b.example'];
  const named = texts.map((text) => {
    const read = parseEntry(text);
    if (!read.ok) throw new Error(read.reason);
    return { entry: read.entry, text, from: 'list' };
  });
  const said = (href: string, locked = named) => {
    const address = parseAddress(href);
    if (!address) throw new Error(href);
    return judge({ ...standingOf(documents, unknownSituation(0)), locked }, documents, address).entry;
  };
  expect(said('https://a.b.example/')).toBe('a.b.example');
  expect(said('https://a.b.example/x')).toBe('b.example/x');
  expect(said('https://a.b.example/x', [...named].reverse())).toBe('.a.b.example');
  expect(said('https://z.b.example/')).toBe('b.example');
  expect(said('https://nb.example/')).toBeUndefined();
});
