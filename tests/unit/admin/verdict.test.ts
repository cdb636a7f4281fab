import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../../../admin/cli.ts';
import { linesOf } from '../../../admin/lines.ts';
import { readAddress } from '../../../admin/verdict.ts';
import { inWords } from '../../../admin/verdict-words.ts';
import { stages } from '../../../rules/stages.ts';
import { tierNames, tiers } from '../../../rules/tiers.ts';
import { type ClosedReason, closed } from '../../../rules/verdict.ts';
import { examplePolicy } from '../../fixtures/examplePolicy.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keystage-verdict-'));
  const rules = {
    alone: 'approved',
    supervised: 'filtered',
    closedAlways: ['adult'],
    closedAlone: ['adult', 'games'],
  };
  const policy = {
    ...(await examplePolicy()),
    stages: Object.fromEntries(stages.map((stage) => [stage, rules])),
    reasons: {},
    overlays: [],
    lists: [
      { id: 'maths', title: 'Maths', says: 'open', entries: [{ entry: 'sums.example/ks2' }] },
      { id: 'shut', title: 'Shut', says: 'locked', entries: [{ entry: 'never.example' }] },
    ],
  };
  await writeFile(join(folder, 'policy.json'), JSON.stringify(policy));
  await mkdir(join(folder, 'lists'));
  await writeFile(join(folder, 'lists', 'games.txt'), 'play.example\n');
  await writeFile(join(folder, 'lists', 'adult.txt'), 'adult.example\n');
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command as a shell would: standard input, output and error apart. */
async function run(args: string[], input: string | (() => AsyncGenerator<string>) = '') {
  const out: string[] = [];
  const notes: string[] = [];
  const base = ['verdict', '--policy', join(folder, 'policy.json'), '--lists', join(folder, 'lists')];
  const { code, lines } = await runCommand(
    [...base, ...args],
    {},
    {
      input:
        typeof input === 'function'
          ? input
          : async function* () {
              yield* input.match(/[\s\S]{1,7}/g) ?? [];
            },
      say: (line) => {
        out.push(line);
        return undefined;
      },
      note: (line) => notes.push(line),
    },
  );
  return { code, out, said: lines.join('\n'), notes: notes.join('\n') };
}
const write = async (name: string, content: unknown) => {
  await writeFile(join(folder, name), JSON.stringify(content));
  return join(folder, name);
};

test('one object a line says whether, by which tier and entry or list, and who may lift it', async () => {
  const { code, out } = await run([
    ...['--stage', 'KS2', '--json'],
    ...[
      'https://sums.example/ks2/1',
      'play.example',
      'https://www.never.example/',
      'http://10.0.0.1/',
      'adult.example',
    ],
  ]);
  expect(code).toBe(0);
  expect(out.map((line) => JSON.parse(line))).toMatchObject([
    {
      url: 'https://sums.example/ks2/1',
      open: true,
      tier: 'allow',
      reason: 'approved',
      entry: 'sums.example/ks2',
      list: 'maths',
      liftedBy: [],
    },
    {
      url: 'play.example',
      open: false,
      tier: 'closedAlone',
      reason: 'category',
      list: 'games',
      liftedBy: ['adult', 'allow', 'grant'],
    },
    { open: false, tier: 'locked', entry: 'never.example', list: 'shut', liftedBy: [] },
    { open: false, tier: 'guard', reason: 'guard-ip' },
    { open: false, tier: 'closedAlways', list: 'adult' },
  ]);
});

test('a lesson opens its sites and brings an adult, for its group and its time only', async () => {
  const lesson = await write('lesson.json', {
    id: 'l1',
    adult: 'Ms Reed',
    groups: ['5-oak'],
    kind: 'supervised',
    sites: [{ entry: 'play.example/maths' }],
    bundles: [],
    startsAt: '2026-09-07T10:00:00Z',
    endsAt: '2026-09-07T11:00:00Z',
  });
  const asked = async (...more: string[]) => {
    const { out, notes } = await run([
      ...['--stage', 'KS2', '--lesson', lesson, '--json', ...more],
      ...['play.example/maths', 'play.example', 'anything.example'],
    ]);
    return { open: out.map((line) => JSON.parse(line).open), notes };
  };
  expect((await asked('--at', '2026-09-07T10:30:00Z')).open).toEqual([true, true, true]);
  expect((await asked('--at', '2026-09-07T12:30:00+02:00', '--group', '5-oak')).open).toEqual([
    true,
    true,
    true,
  ]);
  const after = await asked('--at', '2026-09-07T11:00:00Z');
  expect(after).toEqual({ open: [false, false, false], notes: expect.stringContaining('brings no adult') });
});

test('standard input is answered line by line; what cannot be read is named and stops nothing', async () => {
  const { code, out, said } = await run(
    ['--stage', 'KS2', '--json', '-'],
    'play.example\r\n\ndata:,x\n two words\nsums.example/ks2',
  );
  expect(code).toBe(1);
  expect(said).toContain('2 of 5');
  expect(out.map((line) => JSON.parse(line))).toMatchObject([
    { url: 'play.example', open: false },
    { url: '', line: 2, code: 'empty', error: 'line 2: is empty' },
    { url: 'data:,x', line: 3, code: 'not-a-web-page', error: expect.stringMatching(/^line 3: .*data:/) },
    { url: 'two words', line: 4, code: 'not-an-address', error: expect.stringMatching(/^line 4: /) },
    { url: 'sums.example/ks2', open: true },
  ]);
});

test('every line of input has its object, and every object the same fields', async () => {
  const lines = ['play.example', '', '   ', 'data:,x', 'about:blank', '\0', 'http://[', '{}', ''];
  const { out } = await run(['--stage', 'KS2', '--json', '-'], `${lines.join('\n')}\n`);
  const objects = out.map((line) => JSON.parse(line));
  expect(objects).toHaveLength(lines.length);
  for (const object of objects.slice(1))
    expect(object).toMatchObject({ open: false, tier: null, reason: object.code, liftedBy: [] });
});

test('empty lines are no mistake, and people do not see them', async () => {
  const asked = await run(['--stage', 'KS2', '--json', '-'], 'play.example\n\n');
  expect(asked).toMatchObject({ code: 0, said: '' });
  expect(asked.out).toHaveLength(2);
  expect((await run(['--stage', 'KS2', '-'], '\nplay.example\n\n')).out).toHaveLength(1);
});

test('standard input that breaks off is said, and is no success', async () => {
  const broken = async function* () {
    yield 'play.example\n';
    throw Object.assign(new Error('EISDIR: illegal operation on a directory, read'), { code: 'EISDIR' });
  };
  const { code, out, said } = await run(['--stage', 'KS2', '--json', '-'], broken);
  expect({ code, out: out.length }).toEqual({ code: 1, out: 1 });
  expect(said).toContain('standard input');
});

test('orders that say when they end are over then, as on a Chromebook', async () => {
  const orders = {
    lessons: [{ adult: 'Ms Reed', groups: ['5-oak'], kind: 'supervised', sites: ['play.example'] }].map(
      (lesson) => ({ ...lesson, startsAt: '2026-09-07T10:00:00Z', endsAt: '2026-09-07T11:00:00Z' }),
    ),
  };
  const asked = async (expiresAt?: string) => {
    const file = await write('ends.json', { ...orders, ...(expiresAt && { expiresAt }) });
    const { out } = await run([
      ...['--stage', 'KS2', '--group', '5-oak', '--lesson', file, '--at', '2026-09-07T10:30:00Z'],
      ...['--json', 'play.example'],
    ]);
    return out.map((line) => JSON.parse(line).open);
  };
  expect(await asked()).toEqual([true]);
  expect(await asked('2026-09-07T10:45:00Z')).toEqual([true]);
  expect(await asked('2026-09-07T10:15:00Z')).toEqual([false]);
});

test('a file that a Windows editor marked as UTF-8 is read; one in UTF-16 is named', async () => {
  const lesson = JSON.stringify({ kind: 'supervised', sites: ['play.example'] });
  const asked = async (content: Buffer | string) => {
    await writeFile(join(folder, 'windows.json'), content);
    return run(['--stage', 'KS2', '--lesson', join(folder, 'windows.json'), 'play.example']);
  };
  expect(await asked(`\uFEFF${lesson}`)).toMatchObject({ code: 0 });
  const refused = await asked(Buffer.from(`\uFEFF${lesson}`, 'utf16le'));
  expect(refused.code).toBe(2);
  expect(refused.said).toContain('save it as UTF-8');
});

test('people read aligned lines, in which an address cannot move the cursor', async () => {
  const { out } = await run(['--stage', 'KS2', 'play.example', 'https://adult.example/\u001b[2J\u202e']);
  expect(out.map((line) => line.indexOf('  closed: '))).toEqual([27, 27]);
  expect(out[0]).toMatch(
    /closed: games, for KS2 without an adult; opens when an adult is there; a teacher may open it for a lesson/,
  );
  expect(out.join('')).not.toMatch(/\p{C}/u);
});

test.each([
  [['--stage', 'KS9', 'x.example'], 'no-stage'],
  [['x.example'], 'no-stage'],
  [['--stage', 'KS2', '--at', 'tomorrow', 'x.example'], 'not-a-time'],
  [['--stage', 'KS2', '--at', '2026-09-07T10:00:00', 'x.example'], 'not-a-time'],
  [['--stage', 'KS2', '--group', 'nobody', 'x.example'], 'no-group'],
  [['--stage', 'KS2', '--lists', '/nowhere', 'x.example'], 'no-lists'],
  [['--stage', 'KS2', '--policy', '/nowhere', 'x.example'], 'no-file'],
  [['--stage', 'KS2', '--lesson', '/nowhere', 'x.example'], 'no-file'],
  [['--stage', 'KS2'], 'usage'],
])('%j is not understood: says why, answers nothing, ends with 2', async (args, problem) => {
  const { code, out, said } = await run(args);
  expect({ code, out }).toEqual({ code: 2, out: [] });
  expect(said).toContain(problem);
});

test('a refused policy or lesson names the place', async () => {
  const bad = await write('bad.json', { kind: 'supervised', sites: [{ entry: 'exa*mple.com' }] });
  expect(await run(['--stage', 'KS2', '--lesson', bad, 'x.example'])).toMatchObject({
    code: 2,
    said: expect.stringContaining('sites[0] "exa*mple.com": wildcard'),
  });
  const policy = await write('no-policy.json', { school: 'x' });
  expect(await run(['--stage', 'KS2', '--policy', policy, 'x.example'])).toMatchObject({
    code: 2,
    said: expect.stringContaining('schoolName: '),
  });
});

test.each([
  ['an empty file', {}, '(document): is empty'],
  ['a key that no lesson has', { kind: 'supervised', sits: ['a.example'] }, 'sits'],
  ['a key that no orders have', { grants: [], grant: [] }, 'grant'],
  [
    'orders with a bad entry',
    { closings: [{ entry: 'a*b.example', reason: 'x', by: 'IT' }] },
    'closings[0] "a*b.example": wildcard',
  ],
])('%s is refused by name, and nothing is answered', async (_what, written, place) => {
  const { code, out, said } = await run([
    ...['--stage', 'KS2', '--lesson', await write('refused.json', written), 'x.example'],
  ]);
  expect({ code, out }).toEqual({ code: 2, out: [] });
  expect(said).toContain(place);
});

test('a lesson may be its sites alone; orders of closings alone are orders', async () => {
  const asked = async (written: unknown) => {
    const lesson = await write('short.json', written);
    const { out } = await run([
      '--stage',
      'KS2',
      '--lesson',
      lesson,
      '--json',
      'play.example',
      'sums.example/ks2',
    ]);
    return out.map((line) => JSON.parse(line).open);
  };
  expect(await asked({ sites: ['play.example'] })).toEqual([true, true]);
  expect(await asked({ closings: [{ entry: 'sums.example', reason: 'x', by: 'IT' }] })).toEqual([
    false,
    false,
  ]);
});

test('an urgent closing wins over a lesson and a grant', async () => {
  const soon = new Date(Date.now() + 600_000).toISOString();
  const orders = await write('urgent.json', {
    lessons: [
      { adult: 'Ms Reed', groups: ['5-oak'], kind: 'supervised', sites: ['bad.example'], endsAt: soon },
    ],
    closings: [{ entry: 'bad.example', reason: 'harmful challenge', by: 'IT' }],
  });
  const { out } = await run(['--stage', 'KS2', '--lesson', orders, '--json', 'bad.example']);
  expect(JSON.parse(out[0] ?? '')).toMatchObject({
    open: false,
    tier: 'locked',
    list: 'urgent',
    liftedBy: [],
  });
});

test('illegal addresses are the provider’s to close: no list of ours is missed for them', async () => {
  const { notes } = await run(['--stage', 'KS2', '--json', 'x.example']);
  expect(notes).toContain('illegal addresses are closed by the provider’s filter');
  expect(notes).not.toContain('no list is here');
});

test('where no provider is recorded, none is said to close illegal addresses', async () => {
  const { upstream: _, ...policy } = JSON.parse(await readFile(join(folder, 'policy.json'), 'utf8'));
  const without = await write('no-upstream.json', policy);
  const { notes } = await run(['--policy', without, '--stage', 'KS2', '--json', 'x.example']);
  expect(notes).toContain('no list of illegal addresses is here, and no provider is recorded');
  expect(notes).not.toContain('closed by the provider');
});

test('a group of another stage is noted', async () => {
  const { notes } = await run(['--stage', 'KS2', '--group', '1a', '--json', 'x.example']);
  expect(notes).toContain('--group 1a is KS1 in this policy; the answers are for KS2');
  expect((await run(['--stage', 'KS1', '--group', '1a', '--json', 'x.example'])).notes).not.toContain('1a');
});

test('an adult alone opens nothing at KS1, nor where the stage is closed with one too', () => {
  const adult = (stage: 'KS1' | 'KS2', adultOpens: boolean) =>
    inWords(closed('packaged', { code: 'no-adult-yet' }), { stage, supervised: false, adultOpens }).lift;
  expect(adult('KS1', true)).toBe('a teacher may open it for a lesson');
  expect(adult('KS2', true)).toContain('more opens when an adult is there');
  expect(adult('KS2', false)).not.toContain('when an adult is there');
});

test('in a KS1 lesson what is closed is not one of its sites', () => {
  for (const code of ['not-approved', 'no-adult-yet'] as const)
    expect(inWords(closed('packaged', { code }), { stage: 'KS1', supervised: true }).why).toBe(
      'not one of this lesson’s sites',
    );
});

test('an entry of a bundle is part of a service, and on no list', async () => {
  const { out } = await run(['--stage', 'KS2', 'www.bbc.co.uk/bitesize']);
  expect(out.join()).toMatch(/bitesize, part of the service “BBC Bitesize”/);
});

test.each([
  ['poki.com', 'https://poki.com/'],
  ['poki.com:8080/a', 'https://poki.com:8080/a'],
  ['HTTP://Poki.Com.', 'http://poki.com/'],
  ['bücher.example', 'https://xn--bcher-kva.example/'],
  ['0x7f.1', 'https://127.0.0.1/'],
  ['wss://poki.com/x', 'https://poki.com/x'],
])('%s is read as %s', (text, href) => {
  expect(readAddress(text)).toMatchObject({ ok: true, address: { href } });
});

test.each(['', 'poki', 'two words', 'file:///etc', 'javascript:alert(1)', 'https://', 'a.'])(
  '“%s” is refused',
  (text) => {
    expect(readAddress(text).ok).toBe(false);
  },
);

test('a line that is longer than Chrome takes is never held, and those beside it are read', async () => {
  const lines: (string | null)[] = [];
  const chunks = async function* () {
    yield 'a\nbb';
    for (let piece = 0; piece < 5; piece++) yield 'cccc';
    yield new TextEncoder().encode('\nd\ne');
  };
  for await (const line of linesOf(chunks(), 10)) lines.push(line);
  expect(lines).toEqual(['a', null, 'd', 'e']);
});

test('every tier that closes says who may lift it, and the locked that nobody may', () => {
  const reason: ClosedReason = { code: 'not-approved' };
  for (const tier of tierNames.filter((name) => tiers[name].says === 'closed')) {
    const { lift } = inWords(closed(tier, reason), { stage: 'KS2', supervised: false });
    expect(lift, tier).toMatch(tier === 'locked' ? /^nobody/ : /may open|ends|opens/);
  }
});
