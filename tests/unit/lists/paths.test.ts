import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../rules/address.ts';
import { pathIn, pathsIn } from '../../../rules/lists/paths.ts';

describe('an address of a list that says less than a host', () => {
  test.each([
    ['1001reves.com/games', '1001reves.com/games'],
    ['http://NHJM.net/~pcdthebum/Upload/', 'nhjm.net/~pcdthebum/upload'],
    ['site.example/watch?v=AbC', 'site.example/watch?v=abc'],
    ['münchen.example/é', 'xn--mnchen-3ya.example/%c3%a9'],
    ['site.example', null],
    ['site.example/', null],
    ['178.128.25.172/watch', null],
    ['site.example:8080/games', null],
    ['site.example/a*b', null],
    ['site.example/a|b', null],
    ['site.example/#part', null],
    ['localhost/games', null],
  ])('%s', (text, path) => expect(pathIn(text)).toBe(path));

  const paths = pathsIn('site.example/games\nzoo.example/chat?room=1\n', 1);
  const names = (url: string, inRulesOnly = false) => {
    const address = parseAddress(url);
    if (!address) throw new Error(url);
    return paths.names(address, inRulesOnly);
  };
  test.each([
    ['https://site.example/games', true],
    ['http://www.site.example/Games/all?x=1', true],
    ['https://site.example/gamestop', false],
    ['https://site.example/', false],
    ['https://not-site.example/games', false],
    ['https://site.example:8080/games', false],
    ['https://zoo.example/chat?room=1&name=x', true],
    ['https://zoo.example/chat?room=12', false],
  ])('%s: %j', (url, isNamed) => expect(names(url)).toBe(isNamed));

  test('what Chrome has no room for is still named for the page, and counted', () => {
    expect(paths.inRules).toEqual(['site.example/games']);
    expect(paths.size).toBe(2);
    expect(names('https://zoo.example/chat?room=1', true)).toBe(false);
    expect(names('https://site.example/games', true)).toBe(true);
  });
});
