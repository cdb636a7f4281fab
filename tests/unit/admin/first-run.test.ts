import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOrMakeSecrets } from '../../../admin/data-folder.ts';
import { createEndpoint } from '../../../admin/endpoint.ts';
import { environmentHelp, readEnvironment } from '../../../admin/environment.ts';
import { type FirstPolicy, prepareFirstRun, readFirstPolicy } from '../../../admin/first-run.ts';
import { createLog } from '../../../admin/log.ts';
import { consoleUrl, examplePolicy } from './school.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keystage-first-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const primary = new URL('../../../admin/examples/primary.json', import.meta.url).pathname;
const write = async (policy: unknown) => {
  const file = join(folder, 'our-policy.json');
  await writeFile(file, typeof policy === 'string' ? policy : JSON.stringify(policy));
  return file;
};
async function begin({ school, policy }: FirstPolicy) {
  const endpoint = await createEndpoint({ folder, school, consoleUrl, log: createLog('silent') });
  const said = await prepareFirstRun(
    endpoint,
    policy,
    { email: 'head@school.example', name: 'Head' },
    folder,
  );
  await endpoint.publishCatalogue();
  const stored = await endpoint.store.selectFrom('documents').select('body').execute();
  await endpoint.close();
  return { said: said.join('\n'), documents: stored.map(({ body }) => JSON.parse(body)) };
}

test('an example begins under the school’s own name, and every document says so', async () => {
  const first = await readFirstPolicy(folder, { school: 'larkfield-primary', policy: primary });
  if (!first.ok) throw new Error(first.message);
  const { said, documents } = await begin(first);
  expect(said).toContain('School: larkfield-primary');
  expect(documents.map(({ kind, school }) => [kind, school])).toEqual([
    ['policy', 'larkfield-primary'],
    ['catalogue', 'larkfield-primary'],
  ]);
});

test('an example without the school’s name is no start: it says what to type', async () => {
  for (const policy of [undefined, primary])
    expect(await readFirstPolicy(folder, { policy })).toMatchObject({
      ok: false,
      code: 'no-school',
      message: expect.stringContaining(`npm start -- --data ${folder} --school larkfield-primary`),
    });
});

test('a first start says that the example is invented, and the commands as they are typed', async () => {
  const first = await readFirstPolicy(folder, { school: 'our-school', policy: primary });
  if (!first.ok) throw new Error(first.message);
  const { said } = await begin(first);
  expect(said).toContain('It is an example');
  expect(said).toContain(`npm run -s keystage -- policy publish our-policy.json --data ${folder}`);
});

test('the school’s own file names the school', async () => {
  const policy = await write({ ...(await examplePolicy()), school: 'our-school' });
  expect(await readFirstPolicy(folder, { policy })).toMatchObject({ ok: true, school: 'our-school' });
});

test.each([
  ['names another school', async () => write(await examplePolicy()), 'not-a-policy', 'wrenfield-all-through'],
  ['is not a policy', () => write({ school: 'our-school' }), 'not-a-policy', 'contacts'],
  ['is not JSON', () => write('{'), 'not-json', 'our-policy.json'],
  ['is not there', async () => '/nowhere/policy.json', 'no-file', '/nowhere/policy.json'],
])('a first policy that %s is refused before anything is made', async (_what, file, code, says) => {
  const first = await readFirstPolicy(folder, { school: 'our-school', policy: await file() });
  expect(first).toMatchObject({ ok: false, code, message: expect.stringContaining(says) });
});

test('a data folder stays with its school: another name is refused, none or the same is not', async () => {
  await readOrMakeSecrets(folder, 'our-school');
  expect(await readFirstPolicy(folder, { school: 'other-school' })).toMatchObject({
    ok: false,
    code: 'other-school',
    message: expect.stringContaining('belongs to the school "our-school"'),
  });
  for (const asked of [{}, { school: 'our-school' }, { policy: '/gone/since.json' }])
    expect(await readFirstPolicy(folder, asked)).toMatchObject({ ok: true, school: 'our-school' });
});

test('a folder whose first run was cut short begins with the example under its own name', async () => {
  await readOrMakeSecrets(folder, 'our-school');
  const first = await readFirstPolicy(folder, {});
  if (!first.ok) throw new Error(first.message);
  expect((await begin(first)).documents[0]).toMatchObject({ kind: 'policy', school: 'our-school' });
});

test('what was signed under an old name is signed anew', async () => {
  const first = await readFirstPolicy(folder, { school: 'our-school' });
  if (!first.ok) throw new Error(first.message);
  await begin(first);
  const path = join(folder, 'secrets.json');
  await writeFile(path, JSON.stringify({ ...(await readOrMakeSecrets(folder, '')), school: 'renamed' }));
  const endpoint = await createEndpoint({ folder, school: '', consoleUrl, log: createLog('silent') });
  expect(await endpoint.publishCatalogue()).toMatchObject({ changed: true });
  await endpoint.close();
});

test.each([['Our School'], ['-x'], ['x'.repeat(65)]])('"%s" is no identifier of a school', (name) => {
  const read = readEnvironment({ KEYSTAGE_SCHOOL: name });
  expect(read.ok ? [] : read.problems).toEqual([expect.stringContaining('KEYSTAGE_SCHOOL')]);
});

test('what can be set is said, each with its variable, its meaning and what is usual', () => {
  const help = environmentHelp();
  expect(help).toContain('--data (KEYSTAGE_DATA)');
  expect(help).toContain('as host:port; usually 127.0.0.1:8787');
  expect(help).not.toContain('undefined');
});
