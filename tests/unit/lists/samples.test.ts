import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readList } from '../../../admin/subscriptions/read-list.ts';
import { unpackedIfArchive } from '../../../admin/subscriptions/tar.ts';
import { categoryIds } from '../../../rules/categories.ts';
import { allowKindsIn, categoryOfUt1, readAliases } from '../../../rules/lists/ut1.ts';

const samples = resolve(import.meta.dirname, '../../../../shared/data/importer-samples');
const isHere = existsSync(samples);
if (!isHere) console.warn(`SKIPPED: samples of published lists are not here (${samples})`);
const at = (path: string) => join(samples, path);

describe.skipIf(!isHere)('published lists, as they are downloaded', () => {
  test('one list in four formats gives the same names', async () => {
    const formats = ['torrent-nl.txt', 'torrent.hosts.txt', 'torrent-dnsmasq.txt', 'torrent-ags.txt'];
    const read = await Promise.all(formats.map((file) => readList(at(`blocklistproject/${file}`), 'auto')));
    expect(read.map((one) => one.ok && one.format)).toEqual(['plain', 'hosts', 'dnsmasq', 'adblock']);
    const [first] = read;
    expect(first).toMatchObject({ ok: true, counts: { lines: 2620, leftOut: { underParent: 278 } } });
    for (const one of read) expect(one.ok && one.names).toEqual(first?.ok && first.names);
  });

  test.each([
    ['sinfonietta/gambling-hosts', 'hosts', 1_000],
    ['sinfonietta/social-hosts', 'hosts', 500],
    ['sinfonietta/snuff-hosts', 'hosts', 20],
    ['v2fly/bing', 'v2fly', 30],
    ['v2fly/category-doh', 'v2fly', 90],
    ['v2fly/category-porn', 'v2fly', 5_000],
    ['v2fly/google', 'v2fly', 500],
    ['ut1/agressif', 'ut1', 200],
    ['ut1/redirector', 'ut1', 100_000],
    ['ut1/webmail', 'ut1', 400],
  ])('%s is %s', async (path, format, atLeast) => {
    const read = await readList(at(path), 'auto');
    expect(read).toMatchObject({ ok: true, format });
    expect(read.ok && read.names.length).toBeGreaterThan(atLeast);
    // Every line is accounted for: a name that stays, or a reason why not.
    const { lines, hosts, paths, leftOut } = read.ok
      ? read.counts
      : { lines: -1, hosts: 0, paths: 0, leftOut: {} };
    const left = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
    if (format !== 'v2fly') expect(hosts + paths + left).toBe(lines);
  });

  test('addresses, IPs, expressions and missing includes are counted, not dropped in silence', async () => {
    expect(await readList(at('ut1/redirector'), 'auto')).toMatchObject({
      counts: { paths: 284, leftOut: { ip: 22_537, publicSuffix: 5, narrower: 2 } },
    });
    expect(await readList(at('ut1/warez'), 'auto')).toMatchObject({
      counts: { paths: 14, leftOut: { ip: 23 } },
    });
    expect(await readList(at('v2fly/category-porn'), 'auto')).toMatchObject({
      counts: { leftOut: { expression: 137, missingInclude: 71 } },
    });
  });

  test('a category of expressions alone names nothing, and says how many there were', async () => {
    expect(await readList(at('ut1/malware'), 'auto')).toMatchObject({
      ok: false,
      code: 'empty',
      counts: { leftOut: { expression: 1 } },
    });
  });

  test.each(['child', 'liste_blanche', 'ai'])('%s is meant for opening and closes nothing', async (name) => {
    expect(await readList(at(`ut1/${name}`), 'auto')).toMatchObject({ ok: false, code: 'allow-list' });
  });

  test('an alias is what its name means, not where it points', async () => {
    const [mail, webmail] = await Promise.all([
      readList(at('ut1/mail'), 'ut1'),
      readList(at('ut1/webmail'), 'ut1'),
    ]);
    expect(mail.ok && mail.names).toEqual(webmail.ok && webmail.names);
    expect(mail).toMatchObject({ notes: [expect.stringContaining('points at "forums"')] });
  });

  test.each(['blocklistproject/LICENSE', 'ut1/global_usage', 'ut1/SYMLINKS.txt', 'v2fly'])(
    '%s is no list',
    async (path) => {
      expect(await readList(at(path), 'auto')).toMatchObject({ ok: false });
    },
  );
});

test('our meaning of UT1’s categories names only categories that there are', () => {
  for (const name of ['games', 'adult', 'agressif', 'warez', 'redirector', 'social_networks', 'webmail'])
    expect(categoryIds).toContain(categoryOfUt1(name, categoryIds));
  expect(categoryOfUt1('press', categoryIds)).toBeNull();
  expect(readAliases('mail -> forums\nporn -> adult\nodd -> adult\n')).toEqual([
    { alias: 'mail', pointsAt: 'forums', means: 'webmail', isRight: false },
    { alias: 'porn', pointsAt: 'adult', means: 'adult', isRight: true },
    { alias: 'odd', pointsAt: 'adult', means: null, isRight: false },
  ]);
  expect(allowKindsIn('NAME:\tpress\nDEFAULT_TYPE: white\n\nNAME: games\nDEFAULT_TYPE: black\n')).toEqual({
    allow: new Set(['press']),
    named: new Set(['press', 'games']),
  });
});

describe('what is no list is refused, and a damaged one is not taken for a whole one', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keystage-lists-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const write = async (name: string, content: string | Buffer) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const names = Array.from({ length: 5_000 }, (_, index) => `name-${index * 7}.example`);
  const text = names.map((name) => `${name}\n`).join('');

  test('gzip is known by its first bytes, and one that is cut off is refused', async () => {
    const packed = gzipSync(text);
    const whole = await readList(await write('list.txt', packed), 'auto');
    expect(whole).toMatchObject({ ok: true, counts: { hosts: 5_000 } });
    const cut = await readList(await write('cut.txt', packed.subarray(0, packed.length - 9)), 'auto');
    expect(cut).toMatchObject({ ok: false, code: 'truncated' });
  });

  test.each<[string, string | Buffer]>([
    ['html', '\n<!DOCTYPE html>\n<html><title>404</title>\n<p>example.com</html>\n'],
    ['binary', Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * at * 31 + at * 7) % 256))],
    ['garbage', 'lorem ipsum dolor\nsit amet, consectetur\nadipiscing elit\nreal.example\n'],
    ['garbage', '{"message": "Not Found"}'],
    ['empty', ''],
    ['empty', '# only comments\n\n'],
    ['empty', '127.0.0.1\n10.0.0.1\n'],
  ])('%s', async (code, content) => {
    expect(await readList(await write('bad', content), 'auto')).toMatchObject({ ok: false, code });
  });

  test('a page is refused under any format that is named', async () => {
    const page = await write('page', '<html>\nexample.com\n</html>\n');
    expect(await readList(page, 'plain')).toMatchObject({ ok: false, code: 'html' });
  });

  test('a file that is not there is named', async () => {
    expect(await readList(join(folder, 'nothing'), 'auto')).toMatchObject({ ok: false, code: 'no-file' });
  });

  test('a line of 200 MB is counted, what stands around it is read, and memory stays bounded', async () => {
    const path = join(folder, 'long');
    const file = createWriteStream(path);
    const chunk = 'a'.repeat(1_000_000);
    file.write(text);
    for (let written = 0; written < 200; written++) if (!file.write(chunk)) await once(file, 'drain');
    file.end('\nafter.example\n');
    await once(file, 'finish');
    const before = process.memoryUsage().rss;
    const read = await readList(path, 'auto');
    expect(read).toMatchObject({ ok: true, counts: { hosts: 5_001, leftOut: { tooLong: 1 } } });
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    await rm(path);
  });

  test('a v2fly file includes its neighbours, never one outside, and no circle is endless', async () => {
    await write('one', 'include:two\ninclude:../../etc/passwd\ninclude:gone\na.example\n');
    await write('two', 'include:one\nb.example @ads\nfull:c.example\n');
    await write('ads', 'include:two @ads\n');
    expect(await readList(join(folder, 'one'), 'auto')).toMatchObject({
      ok: true,
      format: 'v2fly',
      names: ['a.example', 'b.example', 'c.example'],
      counts: { leftOut: { missingInclude: 2 } },
    });
    expect(await readList(join(folder, 'ads'), 'auto')).toMatchObject({ names: ['b.example'] });
  });

  test('a UT1 archive is unpacked, and one that ends too early is refused', async () => {
    const tree = await mkdtemp(join(folder, 'tar-'));
    await mkdir(join(tree, 'games'));
    await writeFile(join(tree, 'games', 'domains'), text);
    await writeFile(join(tree, 'games', 'evil.sh'), 'rm\n');
    const archive = join(folder, 'games.tar.gz');
    execFileSync('tar', ['czf', archive, '-C', tree, 'games']);
    const into = await mkdtemp(join(folder, 'into-'));
    const unpacked = await unpackedIfArchive(archive, into);
    expect(unpacked).toMatchObject({ ok: true });
    const path = unpacked.ok ? unpacked.path : '';
    expect(await readdir(path)).toEqual(['domains']);
    expect(await readList(path, 'auto')).toMatchObject({ ok: true, format: 'ut1', counts: { hosts: 5_000 } });
    const tar = gunzipSync(await readFile(archive));
    const cut = await write('cut.tar', tar.subarray(0, 5_000));
    expect(await unpackedIfArchive(cut, into)).toMatchObject({ ok: false, code: 'truncated' });
  });

  test('an archive that holds no UT1 list is refused, whatever else is in it', async () => {
    const hosts = await write('hosts.txt', text);
    const archive = join(folder, 'hosts.tar.gz');
    execFileSync('tar', ['czf', archive, '-C', folder, 'hosts.txt']);
    for (const into of [join(folder, 'not-made-yet'), await mkdtemp(join(folder, 'into-'))])
      expect(await unpackedIfArchive(archive, into)).toMatchObject({ ok: false, code: 'no-list' });
    await rm(hosts);
  });

  test('what is no file is refused at once: a pipe that nobody writes into would be waited for', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', pipe]);
    expect(await readList(pipe, 'plain')).toMatchObject({ ok: false, code: 'no-file' });
    expect(await unpackedIfArchive(pipe, folder)).toMatchObject({ ok: true, path: pipe });
  });

  test('a symbolic link of UT1 is followed by meaning only', async () => {
    const tree = await mkdtemp(join(folder, 'ut1-'));
    for (const [name, host] of [
      ['forums', 'forum.example'],
      ['webmail', 'mail.example'],
    ]) {
      await mkdir(join(tree, name as string));
      await writeFile(join(tree, name as string, 'domains'), `${host}\n`);
    }
    await symlink('forums', join(tree, 'mail'));
    await symlink('forums', join(tree, 'surprise'));
    expect(await readList(join(tree, 'mail'), 'auto')).toMatchObject({ names: ['mail.example'] });
    expect(await readList(join(tree, 'surprise'), 'auto')).toMatchObject({ ok: false, code: 'alias' });
  });
});
