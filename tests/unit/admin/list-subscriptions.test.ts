import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ListsSaid, WaitingSaid } from '../../../admin/subscriptions/wire.ts';
import { atDesk, openSchool, type School } from './school.ts';

let school: School;
let upstream: Server;
let body: string;
let it: Awaited<ReturnType<typeof atDesk>>;

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `name-${index}.example\n`).join('');
const lists = async () => ListsSaid.parse(await (await it.ask('/console/api/lists')).json()).lists;

beforeEach(async () => {
  school = await openSchool();
  it = await atDesk(school, 'network-manager');
  upstream = createServer((_, response) => response.end(body));
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  body = `${names(50)}ttrockstars.com\n`;
  await school.endpoint.lists.subscribe({
    id: 'outside',
    url: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/list.txt`,
    category: 'games',
    format: 'auto',
    everyHours: 24,
    mayDiffer: 0.2,
    by: 'test',
  });
});
afterEach(async () => {
  await school.close();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

test('the network manager sees what is live and left out, and closes it again', async () => {
  const [list] = await lists();
  expect(list).toMatchObject({ id: 'outside', live: { hosts: 51, paths: 0 }, waiting: null, problem: null });
  expect(list?.exceptions).toMatchObject([{ host: 'ttrockstars.com', closed: false }]);
  const answer = await it.ask('/console/api/lists/outside/except', { host: 'ttrockstars.com', closed: true });
  expect(answer.status).toBe(200);
  expect((await lists())[0]?.exceptions).toMatchObject([{ host: 'ttrockstars.com', closed: true }]);
});

test('a version that differs too much is shown with what it would close, and settled as it was seen', async () => {
  body = `${names(100)}ttrockstars.com\nbrainpop.com\n`;
  await school.endpoint.lists.update('all', 'test');
  const [list] = await lists();
  expect(list?.waiting).toMatchObject({ hosts: 102, added: 51, removed: 0 });
  const said = WaitingSaid.parse(await (await it.ask('/console/api/lists/outside/waiting')).json());
  expect(said.clashes).toMatchObject([{ host: 'brainpop.com', excepted: true }]);
  const settle = (sha256: string, accept: boolean) =>
    it.ask('/console/api/lists/outside/settle', { sha256, accept });
  expect((await settle('0'.repeat(64), true)).status).toBe(409);
  expect((await lists())[0]?.live?.hosts).toBe(51);
  expect((await settle(list?.waiting?.sha256 ?? '', true)).status).toBe(200);
  expect((await lists())[0]).toMatchObject({ live: { hosts: 102 }, waiting: null });
});

test('what went wrong is told by its code, and the live version stays', async () => {
  body = '<!doctype html><title>Sign in</title>';
  await school.endpoint.lists.update('all', 'test');
  expect((await lists())[0]).toMatchObject({ problem: { code: 'html' }, live: { hosts: 51 } });
});
