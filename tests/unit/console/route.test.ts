import { expect, test } from 'vitest';
import { mayOpen, ownPages, pageAt, pages, railOf, startOf } from '../../../admin/console/src/pages.tsx';
import { addressOf, routeOf } from '../../../admin/console/src/route.ts';
import { Role } from '../../../admin/console-wire.ts';

const at = (path: string) => routeOf(new URL(path, 'http://keystage.example'));

test('every page has an address of its own, and the address its page', () => {
  const all = [...pages, ...ownPages];
  expect(new Set(all.map(({ path }) => path)).size).toBe(all.length);
  for (const line of all) {
    const { page, search } = at(addressOf(line.path, { id: 'a b&c' }));
    expect(pageAt(page)).toBe(line);
    expect(search.get('id')).toBe('a b&c');
    // The endpoint answers with the console at one word (`admin/app.ts`).
    expect(line.path).toMatch(/^[a-z-]+$/);
    if (line.under) expect(pageAt(line.under)?.rail).toBeDefined();
  }
});

test('an address that means nothing has no page', () => {
  for (const path of ['/nothing', '/item/a', '/seats/1']) expect(pageAt(at(path).page)).toBeUndefined();
  expect(pageAt(at('/seats/').page)?.path).toBe('seats');
});

test('the rail has at most six words, hides none that a role may use, and begins where its work does', () => {
  for (const role of Role.options) {
    const { shown, more } = railOf({ role });
    expect(shown.length + (more.length > 0 ? 1 : 0)).toBeLessThanOrEqual(6);
    expect([...shown, ...more]).toEqual(pages.filter((line) => line.rail && mayOpen({ role }, line)));
    const start = pageAt(startOf({ role }));
    expect(start && mayOpen({ role }, start)).toBe(true);
  }
  expect(startOf({ role: 'coordinator' })).toBe('inbox');
  expect(railOf({ role: 'network-manager' }).shown.map(({ path }) => path)).not.toContain('inbox');
});
