import { expect, test } from 'vitest';
import { addressOf, folders, routeOf } from '../../../admin/console/src/route.ts';

const at = (path: string) => routeOf(new URL(path, 'http://keystage.example'));

test('every page has an address, and the address its page', () => {
  for (const route of [
    { page: 'inbox', filter: 'new' },
    { page: 'inbox', filter: 'all' },
    { page: 'item', id: '0b9f7c7e-6a3c-4c55-9d0d-2f2c8f7b1a11' },
    { page: 'test' },
    { page: 'seats' },
    { page: 'password' },
  ] as const)
    expect(at(addressOf(route))).toEqual(route);
});

test('every page but the inbox has a folder in the build, so that a reload finds it', () => {
  for (const folder of folders) expect(at(`/${folder}/?id=x`).page).toBe(folder);
});

test('an address that means nothing says so', () => {
  for (const path of ['/nothing', '/item', '/item?id=', '/item/a', '/seats/1'])
    expect(at(path).page).toBe('nowhere');
});
