import { createPublicKey, createVerify } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOrMakeSecrets, type Secrets } from '../../../admin/data-folder.ts';
import { extensionKeyPath, readOrMakeExtensionKey } from '../../../admin/pack/key.ts';
import { pack } from '../../../admin/pack/pack.ts';
import { fileOf, packagedRules, packagedRulesets } from '../../../rules/packaged.ts';
import { Settings } from '../../../rules/settings.ts';
import { stages } from '../../../rules/stages.ts';
import { readCrx } from './readCrx.ts';

let folder: string;
let secrets: Secrets;
const places = () => ({
  buildDir: join(folder, 'build'),
  dataDir: join(folder, 'data'),
  outDir: join(folder, 'out'),
});
const url = 'https://keystage.school.example';
const read = async (name: string) => JSON.parse(await readFile(join(folder, 'out', name), 'utf8'));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keystage-pack-test-'));
  const { buildDir, dataDir } = places();
  await mkdir(join(buildDir, 'rules'), { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'Keystage',
    version: '0.1.0',
    minimum_chrome_version: '145',
    declarative_net_request: {
      rule_resources: packagedRulesets.map((id) => ({ id, enabled: true, path: `rules/${fileOf(id)}` })),
    },
  };
  await writeFile(join(buildDir, 'manifest.json'), JSON.stringify(manifest));
  for (const id of packagedRulesets) await writeFile(join(buildDir, 'rules', fileOf(id)), '[]');
  await writeFile(join(buildDir, 'blocked.html'), '<h1>closed</h1>');
  // What a Chromium that loaded the build unpacked leaves in it; with it no CRX would install.
  await mkdir(join(buildDir, '_metadata/generated_indexed_rulesets'), { recursive: true });
  await writeFile(join(buildDir, '_metadata/generated_indexed_rulesets/_ruleset1'), '');
  secrets = await readOrMakeSecrets(dataDir, 'example-primary');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the packed extension carries its id everywhere, and Chrome can check its signature', async () => {
  const packed = await pack({ ...places(), url });
  if (!packed.ok) throw new Error(packed.message);

  const crx = readCrx(await readFile(join(folder, 'out/keystage.crx')));
  const manifest = JSON.parse(crx.file('manifest.json'));
  const built = JSON.parse(await readFile(join(folder, 'build/manifest.json'), 'utf8'));
  expect(manifest).toEqual({ ...built, key: manifest.key, update_url: `${url}/updates.xml` });
  expect(Buffer.from(manifest.key, 'base64')).toEqual(crx.publicKey);
  for (const id of packagedRulesets)
    expect(JSON.parse(crx.file(`rules/${fileOf(id)}`))).toEqual(packagedRules(packed.extensionId)[id]);
  expect(crx.extensionId).toBe(packed.extensionId);

  const key = createPublicKey({ key: crx.publicKey, type: 'spki', format: 'der' });
  expect(createVerify('sha256').update(crx.signed).verify(key, crx.signature)).toBe(true);
  const spoilt = Buffer.from(crx.signed);
  spoilt[spoilt.length - 1] = (spoilt.at(-1) ?? 0) ^ 1;
  expect(createVerify('sha256').update(spoilt).verify(key, crx.signature)).toBe(false);

  const updates = await readFile(join(folder, 'out/updates.xml'), 'utf8');
  expect(updates).toContain(`appid="${packed.extensionId}"`);
  expect(updates).toContain(`codebase="${url}/keystage.crx" version="0.1.0" prodversionmin="145"`);
});

test('the endpoint serves the very files that IT was given', async () => {
  await pack({ ...places(), url });
  for (const name of ['keystage.crx', 'updates.xml']) {
    const served = await readFile(join(folder, 'data/packed', name));
    expect(served.equals(await readFile(join(folder, 'out', name)))).toBe(true);
  }
  expect((await readdir(join(folder, 'data/packed'))).sort()).toEqual(['keystage.crx', 'updates.xml']);
});

test('packing again keeps the extension id, and the same build gives the same file', async () => {
  const first = await pack({ ...places(), url });
  const firstCrx = await readFile(join(folder, 'out/keystage.crx'));
  const second = await pack({ ...places(), url });
  expect(second).toEqual(first);
  expect((await readFile(join(folder, 'out/keystage.crx'))).equals(firstCrx)).toBe(true);
});

test('two packings at once agree on one key, which only its owner can read', async () => {
  const { dataDir } = places();
  const kept = await Promise.all([1, 2, 3].map(() => readOrMakeExtensionKey(dataDir)));
  expect(new Set(kept.map((each) => each.ok && each.key.extensionId)).size).toBe(1);
  expect((await stat(extensionKeyPath(dataDir))).mode & 0o777).toBe(0o600);
});

test('a damaged key is refused and never replaced: a new one would be another extension', async () => {
  const { dataDir } = places();
  await writeFile(extensionKeyPath(dataDir), 'half a key');
  expect(await pack({ ...places(), url })).toMatchObject({ ok: false, code: 'key-unusable' });
  expect(await readFile(extensionKeyPath(dataDir), 'utf8')).toBe('half a key');
});

test('no file that leaves the endpoint holds a private key or the cookie secret', async () => {
  const packed = await pack({ ...places(), url });
  if (!packed.ok) throw new Error(packed.message);
  const crx = readCrx(await readFile(join(folder, 'out/keystage.crx')));
  expect(crx.names.sort()).toEqual([
    'blocked.html',
    'manifest.json',
    'rules/closed.json',
    'rules/pupils.json',
  ]);
  const texts = [
    ...crx.names.map((name) => crx.file(name)),
    ...(await Promise.all(packed.files.map((path) => readFile(path, 'latin1')))),
  ];
  for (const text of texts) {
    expect(text).not.toContain('PRIVATE KEY');
    expect(text).not.toContain(secrets.cookieSecret);
    for (const { d } of secrets.signingKeys) expect(text).not.toContain(d);
  }
  expect(crx.names.map((name) => crx.file(name)).join()).not.toContain(secrets.enrolmentToken);
});

test('each stage has a Google Admin file in which every value stands in "Value" and the settings are usable', async () => {
  await pack({ ...places(), url, group: '2b' });
  for (const stage of stages) {
    const admin: Record<string, { Value: unknown }> = await read(`google-admin.${stage}.2b.json`);
    const plain = Object.fromEntries(Object.entries(admin).map(([name, each]) => [name, each.Value]));
    expect(Settings.parse(plain)).toEqual({
      endpoint: url,
      school: 'example-primary',
      publicKeys: secrets.signingKeys.map(({ x }) => x),
      enrolmentToken: secrets.enrolmentToken,
      stage,
      group: '2b',
    });
  }
});

test("Chromium's policy installs and pins Keystage, and speaks of no other extension", async () => {
  const packed = await pack({ ...places(), url });
  if (!packed.ok) throw new Error(packed.message);
  const id = packed.extensionId;
  for (const stage of stages) {
    const policy = await read(`chromium-policy.${stage}.json`);
    expect(policy.ExtensionInstallForcelist).toEqual([`${id};${url}/updates.xml`]);
    expect(policy.ExtensionSettings).toEqual({
      [id]: {
        installation_mode: 'force_installed',
        update_url: `${url}/updates.xml`,
        toolbar_pin: 'force_pinned',
      },
    });
    expect(policy['3rdparty']).toEqual({ extensions: { [id]: await settingsOf(stage) } });
    const ofExtensions = Object.keys(policy).filter((name) => /Extension|3rdparty/.test(name));
    // A block list, allow list or "*" entry would take a school's reading support away.
    const known = [
      'ExtensionInstallForcelist',
      'ExtensionSettings',
      '3rdparty',
      'ExtensionDeveloperModeSettings',
    ];
    expect(ofExtensions.filter((name) => !known.includes(name))).toEqual([]);
    expect(JSON.stringify(policy.URLBlocklist ?? [])).not.toContain('chrome-extension');
  }
});

async function settingsOf(stage: string) {
  const admin: Record<string, { Value: unknown }> = await read(`google-admin.${stage}.json`);
  return Object.fromEntries(Object.entries(admin).map(([name, each]) => [name, each.Value]));
}

test('pupils lose incognito, guest and developer tools; staff keep their browser', async () => {
  await pack({ ...places(), url });
  const pupil = await read('chromium-policy.KS2.json');
  expect(pupil).toMatchObject({
    IncognitoModeAvailability: 1,
    BrowserGuestModeEnabled: false,
    DeveloperToolsAvailability: 2,
  });
  expect(await read('chromium-policy.staff.json')).not.toHaveProperty('DeveloperToolsAvailability');
});

test('one stage alone, and a version of its own', async () => {
  const packed = await pack({ ...places(), url, stage: 'KS1', version: '2.0.1' });
  expect(packed).toMatchObject({ ok: true, version: '2.0.1' });
  expect((await readdir(join(folder, 'out'))).sort()).toEqual([
    'chromium-policy.KS1.json',
    'google-admin.KS1.json',
    'keystage.crx',
    'updates.xml',
  ]);
  expect(await readFile(join(folder, 'out/updates.xml'), 'utf8')).toContain('version="2.0.1"');
});

test.each([
  ['keystage.school.example', 'bad-url'],
  ['ftp://keystage.school.example', 'bad-url'],
  ['https://head:secret@keystage.school.example', 'bad-url'],
  ['https://keystage.school.example/?school=1', 'bad-url'],
  // A device asks at the root of the host: behind a path it would reach nobody.
  ['https://www.school.example/keystage', 'bad-url'],
  ['http://keystage.school.example', 'plain-http'],
  ['http://192.168.0.10:8080', 'plain-http'],
])('the endpoint address %s is refused as %s, and nothing is written', async (address, code) => {
  expect(await pack({ ...places(), url: address })).toMatchObject({ ok: false, code });
  await expect(readdir(join(folder, 'out'))).rejects.toThrow('ENOENT');
});

test('plain http to this computer is accepted, and a slash at the end is left out', async () => {
  expect(await pack({ ...places(), url: 'http://127.0.0.1:8080/' })).toMatchObject({ ok: true });
  expect(await read('google-admin.KS1.json')).toMatchObject({ endpoint: { Value: 'http://127.0.0.1:8080' } });
});

test('without a build, keys or a sensible version, the refusal says which', async () => {
  const { dataDir } = places();
  expect(await pack({ ...places(), url, buildDir: join(folder, 'nowhere') })).toMatchObject({
    code: 'build-missing',
  });
  expect(await pack({ ...places(), url, dataDir: join(folder, 'empty') })).toMatchObject({
    code: 'endpoint-never-ran',
  });
  for (const version of ['', '1.0-beta', '0.0.0.0', '1.2.3.4.5', '70000', '01.2'])
    expect(await pack({ ...places(), url, version })).toMatchObject({ code: 'bad-version' });
  expect(await pack({ ...places(), url, group: 'Class 2B' })).toMatchObject({ code: 'bad-settings' });

  await writeFile(join(folder, 'build/manifest.json'), '{"manifest_version":3,"name":"other","version":"1"}');
  expect(await pack({ ...places(), url })).toMatchObject({ code: 'build-unusable' });
  await writeFile(join(dataDir, 'secrets.json'), '{}');
  expect(await pack({ ...places(), url })).toMatchObject({ code: 'endpoint-never-ran' });
});
