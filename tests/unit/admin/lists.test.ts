import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../../admin/cli.ts';
import { placesIn } from '../../../admin/data-folder.ts';
import { Catalogue } from '../../../rules/catalogue.ts';
import { applyDelta, parseDelta } from '../../../rules/lists/delta.ts';
import { unpackNames } from '../../../rules/lists/packed.ts';
import { textOf } from '../../../rules/lists/parts.ts';
import { payloadOf } from '../../fixtures/payload.ts';
import { examplePolicy, openSchool, type School } from './school.ts';

let school: School;
let upstream: Server;
let url: string;
/** What the list's own server says to the next request. */
let says: { status?: number; body: string | Buffer; headers?: Record<string, string>; cutAfter?: number };
let asked: Record<string, string | string[] | undefined>[];

const names = (count: number, word = 'name') =>
  Array.from({ length: count }, (_, index) => `${word}-${String(index).padStart(4, '0')}.example`);
const listing = (hosts: string[]) => hosts.map((host) => `${host}\n`).join('');

beforeEach(async () => {
  school = await openSchool();
  asked = [];
  upstream = createServer((request, response) => {
    asked.push(request.headers);
    const { status = 200, body, headers = {}, cutAfter } = says;
    response.writeHead(status, {
      ...headers,
      ...(cutAfter ? { 'content-length': String(body.length) } : {}),
    });
    if (cutAfter === undefined) response.end(body);
    else response.write(body.slice(0, cutAfter), () => response.destroy());
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/list.txt`;
});
afterEach(async () => {
  await school.close();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

const subscribe = (category: 'games' | 'proxies' = 'games') =>
  school.endpoint.lists.subscribe({
    id: 'outside',
    url,
    category,
    format: 'auto',
    everyHours: 24,
    mayDiffer: 0.2,
    by: 'test',
  });
const update = async () => (await school.endpoint.lists.update('all', 'test'))[0];
const standing = async () => (await school.endpoint.lists.all())[0];
const catalogue = async () => {
  const seat = await school.enrol();
  const jws = await (await seat.get('/v1/catalogue')).text();
  return Catalogue.parse(payloadOf(jws));
};
const gamesNow = async () => {
  const list = (await catalogue()).lists.find(({ category }) => category === 'games');
  const seat = await school.enrol();
  return (await (await seat.get(`/v1/lists/${list?.sha256}`)).text()).split('\n').filter(Boolean);
};

test('a subscribed list goes live beside the hand-written one, and is asked for again only if it changed', async () => {
  says = { body: listing(names(100)), headers: { etag: '"one"' } };
  expect(await subscribe()).toMatchObject({ ok: true, state: 'live', hosts: 100, format: 'plain' });
  expect(await gamesNow()).toEqual([...names(100), 'play.example', 'xn--mnchen-3ya.example']);
  says = { status: 304, body: '' };
  expect(await update()).toMatchObject({ ok: true, state: 'same' });
  expect(asked[1]).toMatchObject({ 'if-none-match': '"one"' });
});

test.each<[string, () => typeof says]>([
  ['empty', () => ({ body: '' })],
  ['html', () => ({ body: '<!doctype html><title>Sign in</title>' })],
  ['garbage', () => ({ body: 'lorem ipsum\ndolor sit amet\n' })],
  ['refused', () => ({ status: 500, body: 'broken' })],
  ['truncated', () => ({ body: listing(names(100)), cutAfter: 700 })],
  [
    'truncated',
    () => {
      const packed = gzipSync(listing(names(100)));
      return { body: packed.subarray(0, packed.length - 4) };
    },
  ],
])('a good list is never replaced by one that is %s', async (code, bad) => {
  says = { body: listing(names(100)), headers: { etag: '"one"' } };
  await subscribe();
  const before = await gamesNow();
  says = bad();
  expect(await update()).toMatchObject({ ok: false, code });
  expect(await gamesNow()).toEqual(before);
  expect(await standing()).toMatchObject({ problem: expect.stringContaining(code), live: { hosts: 100 } });
  // What was not read to its end must not count as known.
  expect((await standing())?.etag).toBe('"one"');
});

test('a list that differs by more than a fifth waits for a person, who lets it in', async () => {
  says = { body: listing(names(100)) };
  await subscribe();
  says = { body: listing(names(110)) };
  expect(await update()).toMatchObject({ state: 'live', added: 10 });
  says = { body: listing(names(80)) };
  expect(await update()).toMatchObject({ state: 'waiting', removed: 30 });
  expect(await gamesNow()).toContain('name-0109.example');
  const { lines } = await runCommand(['lists', 'show', '--data', school.folder], {});
  expect(lines.join('\n')).toContain('WAITS for a person: a version with 80 names (+0, −30)');
  expect(await school.endpoint.lists.settle('outside', true, 'The network manager')).toMatchObject({
    hosts: 80,
  });
  expect(await gamesNow()).not.toContain('name-0109.example');
  expect(await school.endpoint.lists.settle('outside', true, 'again')).toBeNull();
});

test('a version that a person refused is not offered again, the next one is', async () => {
  says = { body: listing(names(100)) };
  await subscribe();
  says = { body: listing(names(10)) };
  await update();
  await school.endpoint.lists.settle('outside', false, 'The network manager');
  expect(await update()).toMatchObject({ state: 'refused-before' });
  expect(await standing()).toMatchObject({ waiting: null, live: { hosts: 100 } });
  says = { body: listing(names(11)) };
  expect(await update()).toMatchObject({ state: 'waiting' });
});

test('what it would close of the school’s sites is told, left out, and closed again when somebody says so', async () => {
  const policy = await examplePolicy();
  policy.lists.push({ id: 'ours', title: 'Ours', says: 'open', entries: [{ entry: 'club.example' }] });
  await school.endpoint.publishPolicy(policy, 'test');
  says = { body: listing([...names(100), 'ttrockstars.com', 'club.example']) };
  const offered = await subscribe();
  expect(offered).toMatchObject({
    clashes: [
      { host: 'club.example', from: 'ours', excepted: true },
      { host: 'ttrockstars.com', from: 'school-sites', excepted: true },
    ],
  });
  expect(await gamesNow()).not.toContain('ttrockstars.com');
  const close = await runCommand(
    ['lists', 'close', 'outside', 'ttrockstars.com', '--data', school.folder],
    {},
  );
  expect(close.code).toBe(0);
  await school.endpoint.publishCatalogue();
  // A revoked exception stays revoked, also at the next version.
  says = { body: listing([...names(101), 'ttrockstars.com', 'club.example']) };
  await update();
  const now = await gamesNow();
  expect(now).toContain('ttrockstars.com');
  expect(now).not.toContain('club.example');
});

test('the daily job updates only what is due, and without anybody', async () => {
  says = { body: listing(names(10)) };
  await subscribe();
  expect(await school.endpoint.lists.update('due', 'endpoint')).toEqual([]);
  school.clock.now += 24 * 3_600_000;
  expect(await school.endpoint.lists.update('due', 'endpoint')).toMatchObject([{ state: 'same' }]);
});

test('from yesterday’s version, and from the one before, a device comes by a small difference', async () => {
  says = { body: listing(names(5_000)) };
  await subscribe();
  const first = await gamesNow();
  says = { body: listing(names(5_001).slice(1)) };
  await update();
  says = { body: listing(names(5_002).slice(1)) };
  await update();
  const list = (await catalogue()).lists.find(({ category }) => category === 'games');
  const files = await readdir(placesIn(school.folder).lists);
  const from = files.filter((name) => name.startsWith(`${list?.sha256}.from.`));
  expect(from).toHaveLength(2);
  const seat = await school.enrol();
  const made = await Promise.all(
    from.map(async (name) => {
      const answer = await seat.get(`/v1/lists/${list?.sha256}/from/${name.slice(70, 134)}`);
      return applyDelta(textOf(first), parseDelta(await answer.text()) ?? { added: [], removed: [] });
    }),
  );
  const now = textOf(await gamesNow());
  expect(made).toContain(now);
  const unknown = await seat.get(`/v1/lists/${list?.sha256}/from/${'0'.repeat(64)}`);
  expect(await unknown.json()).toMatchObject({ code: 'no-list' });
  // After a month nobody holds the old ones, and they are gone.
  school.clock.now += 31 * 86_400_000;
  await school.endpoint.publishCatalogue();
  const left = await readdir(placesIn(school.folder).lists);
  expect(left.filter((name) => name.includes('.from.'))).toEqual([]);
  expect(textOf(await gamesNow())).toBe(now);
});

test('a part is the same names, packed', async () => {
  says = { body: listing(names(30_000)) };
  await subscribe();
  const list = (await catalogue()).lists.find(({ category }) => category === 'games');
  expect(list?.parts?.length).toBeGreaterThan(1);
  const seat = await school.enrol();
  const parts = await Promise.all(
    (list?.parts ?? []).map(async (part) => {
      const answer = await seat.get(`/v1/lists/parts/${part}`, { 'accept-encoding': 'gzip' });
      return unpackNames(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()) ?? [];
    }),
  );
  expect(parts.flat()).toEqual(await gamesNow());
});

test('illegal addresses are kept and sent as hashes only', async () => {
  const file = join(school.folder, '..', `clear-${school.folder.split('-').at(-1)}.txt`);
  await writeFile(file, 'secret-name.example\nhttps://shared.example/secret-path/\n');
  const imported = await runCommand(
    ['lists', 'import', file, '--category', 'illegal', '--id', 'iwf', '--data', school.folder],
    {},
  );
  expect(imported).toMatchObject({ code: 0 });
  expect(imported.lines.join()).not.toContain('secret');
  const { hashed, lists } = await catalogue();
  expect(hashed).toMatchObject([{ category: 'illegal', entries: 2 }]);
  expect(lists.some(({ category }) => category === 'illegal')).toBe(false);
  const seat = await school.enrol();
  const text = await (await seat.get(`/v1/lists/${hashed?.[0]?.sha256}`)).text();
  expect(text).toMatch(/^#keystage-hashed-1 [0-9a-f]{32}\n([0-9a-f]{20}\n){2}$/);
  for (const name of await readdir(school.folder, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = await readFile(join(name.parentPath, name.name));
    const content = name.name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
    expect(content.includes('secret-'), name.name).toBe(false);
  }
  // The salt is the list's own and stays, so that tomorrow's version is a small difference.
  await writeFile(file, 'secret-name.example\nhttps://shared.example/secret-path/\nthird.example\n');
  await runCommand(
    [
      'lists',
      'import',
      file,
      '--category',
      'illegal',
      '--id',
      'iwf',
      '--may-differ',
      '20%',
      '--data',
      school.folder,
    ],
    {},
  );
  const waits = await school.endpoint.lists.settle('iwf', true, 'test');
  expect(waits).toMatchObject({ added: 1, removed: 0 });
  await rm(file);
});

test('a list that is imported by hand answers as JSON, and a file that is none leaves nothing behind', async () => {
  const said: string[] = [];
  const noted: string[] = [];
  const inOut = {
    input: () => (async function* () {})(),
    say: (line: string) => {
      said.push(line);
      return undefined;
    },
    note: (line: string) => {
      noted.push(line);
    },
  };
  const file = join(school.folder, 'torrents.hosts');
  await writeFile(
    file,
    `0.0.0.0 localhost\n${names(9)
      .map((name) => `0.0.0.0 ${name}\n`)
      .join('')}`,
  );
  const args = [
    'lists',
    'import',
    file,
    '--format',
    'auto',
    '--category',
    'file-sharing',
    '--json',
    '--data',
  ];
  expect((await runCommand([...args, school.folder], {}, inOut)).code).toBe(0);
  expect(JSON.parse(said[0] ?? '')).toMatchObject({
    ok: true,
    id: 'file-sharing-torrents',
    state: 'live',
    format: 'hosts',
    hosts: 9,
    counts: { leftOut: { notHost: 1 } },
  });
  expect(noted.join()).toContain('lines read');
  await writeFile(file, '<html>');
  expect((await runCommand([...args, school.folder, '--id', 'other'], {}, inOut)).code).toBe(1);
  expect(JSON.parse(said[1] ?? '')).toMatchObject({ ok: false, code: 'html' });
  expect((await school.endpoint.lists.all()).map(({ id }) => id)).toEqual(['file-sharing-torrents']);
  // Without an endpoint's data it is counted all the same.
  await writeFile(file, listing(names(5)));
  expect((await runCommand([...args, join(school.folder, 'nowhere')], {}, inOut)).code).toBe(0);
  expect(JSON.parse(said[2] ?? '')).toMatchObject({ ok: true, state: 'counted', hosts: 5 });
});

test('the school records who filters illegal addresses upstream', async () => {
  const run = async (...args: string[]) => runCommand([...args, '--data', school.folder], {});
  expect((await run('lists', 'show')).lines[0]).toContain('not recorded');
  await run('lists', 'upstream', 'set', 'Network: county grid');
  expect((await run('lists', 'show')).lines[0]).toContain('Network: county grid');
});

test.each([
  [['lists', 'import', 'x', '--category', 'nonsense'], 'there is no category'],
  [['lists', 'import', 'x', '--format', 'csv', '--category', 'games'], '--format must be'],
  [['lists', 'subscribe', 'ftp://x.example/', '--category', 'games'], 'no http'],
  [['lists', 'subscribe', 'https://x.example/', '--category', 'games', '--every', 'often'], '--every'],
])('%j is not understood', async (args, why) => {
  const { code, lines } = await runCommand([...args, '--data', school.folder], {});
  expect(code).toBe(2);
  expect(lines.join()).toContain(why);
});

test('what a list says of single pages travels beside its names, and a change of it as a difference', async () => {
  const pages = (extra = '') => `site.example/games\nname-0001.example/below-a-listed-name\n${extra}`;
  says = { body: listing(names(50)) + pages() };
  expect(await subscribe()).toMatchObject({ hosts: 50, counts: { paths: 1, leftOut: { underParent: 1 } } });
  const games = async () => (await catalogue()).lists.find(({ category }) => category === 'games');
  const first = await games();
  expect(first?.paths?.entries).toBe(1);
  const seat = await school.enrol();
  const text = async (path: string) => (await seat.get(`/v1/lists/${path}`)).text();
  expect(await text(first?.paths?.sha256 ?? '')).toBe('site.example/games\n');
  // Names travel as before: an extension that knows no pages loses nothing.
  expect((await gamesNow()).filter((line) => line.includes('/'))).toEqual([]);
  says = { body: listing(names(50)) + pages('other.example/Play/\n') };
  expect(await update()).toMatchObject({ state: 'live', added: 1 });
  const next = await games();
  expect(next?.sha256).toBe(first?.sha256);
  expect(await text(`${next?.paths?.sha256}/from/${first?.paths?.sha256}`)).toBe('+other.example/play\n');
  school.clock.now += 31 * 86_400_000;
  await school.endpoint.publishCatalogue();
  expect(await text(next?.paths?.sha256 ?? '')).toBe('other.example/play\nsite.example/games\n');
});

test('a page of a site that the school needs is left out, and told', async () => {
  says = { body: `${listing(names(5))}bbc.co.uk/games\n` };
  const offered = await subscribe();
  expect(offered.ok && offered.clashes).toMatchObject([
    { host: 'bbc.co.uk/games', site: 'bbc.co.uk', closes: 'part', excepted: true },
  ]);
  const list = (await catalogue()).lists.find(({ category }) => category === 'games');
  expect(list?.paths).toBeUndefined();
});

const samples = resolve(import.meta.dirname, '../../../../shared/data/importer-samples');
if (!existsSync(samples)) console.warn(`SKIPPED: samples of published lists are not here (${samples})`);

test.skipIf(!existsSync(samples))(
  'lists import reads or refuses every sample of a published list, with a reason',
  async () => {
    for (const kind of await readdir(samples))
      for (const name of await readdir(join(samples, kind))) {
        const path = join(samples, kind, name);
        const said: string[] = [];
        const { code } = await runCommand(
          [
            'lists',
            'import',
            path,
            '--format',
            'auto',
            '--category',
            'games',
            '--json',
            '--data',
            '/nowhere',
          ],
          {},
          {
            input: () => (async function* () {})(),
            say: (line) => {
              said.push(line);
              return undefined;
            },
            note: () => {},
          },
        );
        const [answer] = said.map((line) => JSON.parse(line));
        expect(said, path).toHaveLength(1);
        expect(code, path).toBe(answer.ok ? 0 : 1);
        if (answer.ok) expect(answer.hosts + answer.counts.paths, path).toBeGreaterThan(0);
        else expect(answer, path).toMatchObject({ code: expect.any(String), message: expect.any(String) });
      }
  },
);
