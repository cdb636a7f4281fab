import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../../admin/cli.ts';
import { placesIn } from '../../../admin/data-folder.ts';
import { readEnvironment } from '../../../admin/environment.ts';
import { ruleResources } from '../../../rules/packaged.ts';
import { examplePolicy, openSchool, type School } from './school.ts';

let school: School;
beforeEach(async () => {
  school = await openSchool();
});
afterEach(() => school.close());

const run = async (...args: string[]) => {
  const { code, lines } = await runCommand([...args, '--data', school.folder], {});
  return { code, said: lines.join('\n') };
};
const noting = (notes: string[]) => ({
  input: async function* () {},
  say: () => undefined,
  note: (line: string) => notes.push(line),
});
const write = async (content: unknown): Promise<string> => {
  const file = join(school.folder, 'policy.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

test('keys and token are shown, and only the public half of the keys', async () => {
  const { signingKeys, enrolmentToken } = school.endpoint.secrets;
  const { code, said } = await run('keys', 'show');
  expect(code).toBe(0);
  expect(said).toContain(signingKeys[0]?.x);
  expect(said).not.toContain(signingKeys[0]?.d);
  expect(await run('token', 'show')).toEqual({ code: 0, said: enrolmentToken });
});

test('secrets are their owner’s alone', async () => {
  expect((await stat(placesIn(school.folder).secrets)).mode & 0o777).toBe(0o600);
});

test('a policy published from the command line is in force at the endpoint that runs', async () => {
  const seat = await school.enrol();
  expect((await run('policy', 'publish', await write(await examplePolicy()), '--example')).code).toBe(0);
  expect((await seat.get('/v1/policy')).status).toBe(200);
});

test('what an example invents is not published by mistake: each place is named, and checking says so', async () => {
  const file = await write(await examplePolicy());
  const refused = await run('policy', 'publish', file);
  expect(refused).toMatchObject({ code: 1, said: expect.stringMatching(/^example-left: /) });
  for (const place of [
    'schoolName',
    'contacts[1].phone',
    'upstream',
    'essential[0]',
    'history[0]',
    'overlays[0].scope.pupils',
  ])
    expect(refused.said).toContain(`  ${place}: `);
  expect(await run('policy', 'check', file)).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^example-left: .*with parts of the example in it[\s\S]*\n {2}schoolName: /),
  });
  expect((await (await school.enrol()).get('/v1/policy')).status).toBe(404);

  const { upstream: _, ...policy } = await examplePolicy();
  const ours = await write({
    ...policy,
    schoolName: 'Larkfield Primary',
    contacts: policy.contacts.map(({ phone: __, ...contact }: { phone?: string }) => contact),
    essential: [],
    history: [{ ...policy.history[0], why: 'We decided.' }],
    overlays: [],
  });
  expect(await run('policy', 'check', ours)).toMatchObject({ code: 0 });
  expect(await run('policy', 'publish', ours)).toMatchObject({ code: 0 });
});

test('what is in force and not in the file is said when it is checked and when it is published', async () => {
  const policy = await examplePolicy();
  await run('policy', 'publish', await write(policy), '--example');
  const less = await write({ ...policy, overlays: [] });
  for (const args of [['check'], ['publish', '--example']] as const) {
    const notes: string[] = [];
    const [word, ...more] = args;
    await runCommand(['policy', word, less, ...more, '--data', school.folder], {}, noting(notes));
    expect(notes.join('\n')).toContain(`note: overlays: ${policy.overlays[0].id}, ${policy.overlays[1].id}`);
  }
});

test('a refused policy is refused with place and reason, and checking alone changes nothing', async () => {
  const bad = await examplePolicy();
  bad.contacts = [];
  bad.lists[1].entries[0].entry = 'exa*mple.com';
  const file = await write(bad);
  const { code, said } = await run('policy', 'publish', file);
  expect(code).toBe(1);
  expect(said).toContain('contacts: ');
  const wildcard = await write({ ...bad, contacts: (await examplePolicy()).contacts });
  expect((await run('policy', 'check', wildcard)).said).toContain(
    `lists[1] (${bad.lists[1].id}).entries[0] "exa*mple.com": wildcard`,
  );
  expect((await (await school.enrol()).get('/v1/policy')).status).toBe(404);
});

test.each([
  ['not JSON', '{', 'not-json'],
  ['empty', '', 'not-json'],
])('a file that is %s says so', async (_what, content, problem) => {
  expect(await run('policy', 'check', await write(content))).toMatchObject({
    code: 1,
    said: expect.stringContaining(problem),
  });
});

test('a list for a group that is not there, and reports to nobody, are refused; the school is told how', async () => {
  const policy = await examplePolicy();
  policy.lists[0].groups = ['no-such'];
  policy.contacts = policy.contacts.filter(({ role }: { role: string }) => role !== policy.reports.to);
  const { code, said } = await run('policy', 'check', await write({ ...policy, school: 'other' }));
  expect(code).toBe(1);
  expect(said).toContain(`lists[0] (${policy.lists[0].id}).groups: there is no group "no-such"`);
  expect(said).toContain('reports.to: ');
  expect(said).toMatch(/write "school": "[a-z-]+" in the file/);
});

test('a policy can be checked where there is no data yet', async () => {
  const notes: string[] = [];
  const file = await write(await examplePolicy());
  const { code, lines } = await runCommand(
    ['policy', 'check', file, '--data', join(school.folder, 'none')],
    {},
    noting(notes),
  );
  expect({ code, said: lines[0] }).toMatchObject({ code: 1, said: expect.stringContaining('example-left') });
  expect(notes.join()).toContain('the school is not compared');
});

test('a file that is not there says so', async () => {
  expect((await run('policy', 'check', '/nowhere/policy.json')).said).toContain('no-file');
});

test('a person is added once, with a one-time password', async () => {
  const add = () =>
    run('people', 'add', '--email', 'Dsl@school.example', '--name', 'The DSL', '--role', 'dsl');
  const first = await add();
  expect(first.code).toBe(0);
  expect(first.said).toMatch(/One-time password: ([a-z0-9]{4}-){3}[a-z0-9]{4}$/);
  expect(await add()).toMatchObject({ code: 1, said: expect.stringContaining('known-email') });
});

test.each([
  [['dance']],
  [[]],
  [['token', 'show', '--colour', 'red']],
  [['token', 'show', 'more']],
  [['policy', 'check']],
  [['people', 'add', '--email', 'x@y.example', '--name', 'X', '--role', 'head']],
  [['people', 'add', '--email', 'no address', '--name', 'X', '--role', 'dsl']],
  [['pack', '--url', 'https://keystage.school.example']],
  [['pack', '--url', 'https://keystage.school.example', '--out', 'x', '--version', '1.2']],
  [['pack', '--url', 'https://keystage.school.example', '--out', 'x', '--version', 'v1.2.3']],
  [['keys', 'rotate', '--finish', 'now']],
  [['orders', 'set']],
  [['epoch', 'raise', '--to', 'two']],
])('%j is not understood, says why, and ends with 2', async (args) => {
  const { code, said } = await run(...args);
  expect(code).toBe(2);
  expect(said.length).toBeGreaterThan(5);
});

test('help prints every command; a group alone prints its own', async () => {
  for (const asked of ['help', '--help']) {
    const { code, lines } = await runCommand([asked], {});
    expect(code).toBe(0);
    expect(lines.join()).toContain('orders set <file>');
  }
  const { code, lines } = await runCommand(['policy'], {});
  expect(code).toBe(2);
  expect(lines.join()).toContain('policy publish <file>');
  expect(lines.join()).not.toContain('orders set');
});

test('every command has its own help, which changes nothing, and refuses what it does not know', async () => {
  const { lines } = await runCommand(['help'], {});
  const usages = lines.filter((line) => line.startsWith('  ')).map((line) => line.trim());
  const nameIn = (usage: string) => (/^[a-z-]+(?: (?!--)[a-z][a-z-]*)*/.exec(usage)?.[0] ?? '').split(' ');
  expect(usages.length).toBeGreaterThan(28);
  for (const usage of usages) {
    const name = nameIn(usage);
    for (const flag of ['--help', '-h']) {
      const help = await runCommand([...name, flag], {});
      expect(help.code, usage).toBe(0);
      expect(help.lines[0], usage).toContain(`keystage -- ${usage}`);
      expect(help.lines[2]?.length, usage).toBeGreaterThan(15);
    }
    const wrong = await runCommand([...name, 'word', '--nonsense'], {});
    expect([wrong.code, wrong.lines[0]], usage).toEqual([2, 'unknown option: --nonsense']);
  }
  expect((await runCommand(['lists', '--help'], {})).lines.join()).toContain('lists upstream set');
  for (const args of [['nonsense'], ['nonsense', '--help'], ['policy', 'nonsense']])
    expect(await runCommand(args, {})).toMatchObject({
      code: 2,
      lines: expect.arrayContaining([`unknown command: ${args.join(' ')}`]),
    });
});

test('what the command line changes stands in the audit, with its names', async () => {
  const written = await examplePolicy();
  await run('policy', 'publish', await write(written), '--example');
  const change = { ...written.history[0], at: '2026-09-07T09:00:00.000Z', what: 'Maps.', why: 'Geography.' };
  await run(
    'policy',
    'publish',
    await write({ ...written, history: [...written.history, change] }),
    '--example',
  );
  await run(
    'policy',
    'publish',
    await write({ ...written, history: [...written.history, change] }),
    '--example',
  );
  await run(
    'people',
    'add',
    '--email',
    'it@school.example',
    '--name',
    'Ana Costa',
    '--role',
    'network-manager',
  );
  await run('people', 'reset', '--email', 'it@school.example');
  await run('people', 'remove', '--email', 'it@school.example');
  await run('orders', 'clear');
  await run('keys', 'rotate');
  await run('keys', 'rotate', '--finish');
  await run('epoch', 'raise', '--to', '7');
  await run('lists', 'upstream', 'set', 'Network: RM SafetyNet');
  await writeFile(join(school.folder, 'mis.csv'), 'Email,Name,Reg,Year\n');
  await run('classes', 'nightly', join(school.folder, 'mis.csv'));
  const rows = await school.endpoint.store.selectFrom('audit').select(['by', 'act', 'facts']).execute();
  const lines = rows.map(({ by, act, facts }) => [by, act, JSON.parse(facts ?? '{}')]);
  const version = expect.stringMatching(/^1\.2026-/);
  for (const [act, facts] of [
    ['published-policy', { version, changed: written.history.at(-1).what, why: written.history.at(-1).why }],
    ['published-policy', { version, changed: 'Maps.', why: 'Geography.' }],
    ['published-policy', { version, noNote: true }],
    ['added-person', { name: 'Ana Costa', role: 'network-manager' }],
    ['reset-password', { name: 'Ana Costa', role: 'network-manager' }],
    ['removed-person', { name: 'Ana Costa', role: 'network-manager' }],
    ['set-orders', { lessons: 0, grants: 0, closings: 0, suspensions: 0 }],
    ['began-key-rotation', {}],
    ['finished-key-rotation', {}],
    ['raised-epoch', { epoch: 7 }],
    ['set-upstream', { who: 'Network: RM SafetyNet' }],
    ['set-nightly-classes', { file: 'mis.csv' }],
  ])
    expect(lines).toContainEqual(['command line', act, facts]);
});

/** A folder with as much of a build as `pack` asks for. */
async function makeBuild(): Promise<string> {
  const build = join(school.folder, 'build');
  await mkdir(build, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'Keystage',
    version: '0.1.0',
    declarative_net_request: { rule_resources: ruleResources() },
  };
  await writeFile(join(build, 'manifest.json'), JSON.stringify(manifest));
  return build;
}

test('pack takes a version of its own, and says when Chrome would not', async () => {
  const build = await makeBuild();
  const pack = (version: string) =>
    run(
      ...['pack', '--url', 'https://keystage.school.example', '--out', join(school.folder, 'out')],
      ...['--build', build, '--stage', 'KS2', '--version', version],
    );
  expect(await pack('1.4.2')).toMatchObject({ code: 0, said: expect.stringContaining('version 1.4.2') });
  expect((await pack('1.4.2')).said).toContain('https://keystage.school.example/updates.xml');
  expect(await (await school.endpoint.device.request('/updates.xml')).text()).toContain('version="1.4.2"');
  expect(
    await school.endpoint.store
      .selectFrom('audit')
      .select(['by', 'facts'])
      .where('act', '=', 'packed-extension')
      .execute(),
  ).toEqual(Array(2).fill({ by: 'command line', facts: '{"extension":"1.4.2"}' }));
  expect(await pack('1.4.70000')).toMatchObject({ code: 1, said: expect.stringContaining('bad-version') });
});

test('pack takes only a class that the policy in force or a class list has, and says which there are', async () => {
  const build = await makeBuild();
  const pack = (group: string) =>
    run(
      ...['pack', '--url', 'https://keystage.school.example', '--out', join(school.folder, 'out')],
      ...['--build', build, '--stage', 'KS2', '--group', group],
    );
  expect(await pack('5-oak')).toMatchObject({ code: 2, said: expect.stringContaining('no-policy') });
  await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  expect((await pack('5-oak')).code).toBe(0);
  const refused = await pack('4-kelp');
  expect(refused.code).toBe(2);
  expect(refused.said).toMatch(/--group 4-kelp is no group of this policy, which has .*5-oak/);
  const list = join(school.folder, 'pupils.csv');
  await writeFile(list, 'Email,Name,Class,Year\nada@school.example,Ada B.,4 Kelp,4\n');
  expect((await run('classes', 'import', list)).code).toBe(0);
  expect((await pack('4-kelp')).code).toBe(0);
});

test('where the endpoint has never run, commands say what to do', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'keystage-empty-'));
  const { code, lines } = await runCommand(['keys', 'show', '--data', empty], {});
  await rm(empty, { recursive: true });
  expect([code, lines[0]]).toEqual([1, expect.stringContaining('npm start')]);
});

test('settings come from flags, then the environment, then what is usual', () => {
  const read = readEnvironment({ KEYSTAGE_DATA: '/from/env', KEYSTAGE_MAIL_TO: '' }, [
    '--device-listen',
    '[::1]:0',
  ]);
  if (!read.ok) throw new Error(read.problems.join());
  expect(read.environment).toMatchObject({
    KEYSTAGE_DATA: '/from/env',
    KEYSTAGE_DEVICE_LISTEN: { host: '::1', port: 0 },
    KEYSTAGE_CONSOLE_LISTEN: { host: '127.0.0.1', port: 8788 },
  });
});

test.each([
  [{ KEYSTAGE_DEVICE_LISTEN: '8787' }, 'KEYSTAGE_DEVICE_LISTEN'],
  [{ KEYSTAGE_CONSOLE_LISTEN: '127.0.0.1:99999' }, 'KEYSTAGE_CONSOLE_LISTEN'],
  [{ KEYSTAGE_PUBLIC_URL: 'keystage.school' }, 'KEYSTAGE_PUBLIC_URL'],
  [{ KEYSTAGE_SMTP_URL: 'https://mail.example', KEYSTAGE_MAIL_FROM: 'a@b.example' }, 'KEYSTAGE_SMTP_URL'],
  [{ KEYSTAGE_SMTP_URL: 'smtp://mail.example' }, 'KEYSTAGE_MAIL_FROM'],
  [{ KEYSTAGE_MAIL_TO: 'a@b.example, nobody' }, 'KEYSTAGE_MAIL_TO'],
])('a wrong setting %j is named', (env, name) => {
  const read = readEnvironment(env);
  expect(read.ok ? [] : read.problems).toEqual([expect.stringContaining(name)]);
});
