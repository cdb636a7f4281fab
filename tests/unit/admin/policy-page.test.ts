import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../../../admin/cli.ts';
import { policyPage } from '../../../admin/policy-page.ts';
import { categories, categoryIds } from '../../../rules/categories.ts';
import { Policy } from '../../../rules/policy.ts';

const root = resolve(import.meta.dirname, '../../..');
const example = resolve(root, 'admin/examples/all-through.json');
const written = JSON.parse(await readFile(example, 'utf8'));
const page = (changed: object = {}) => policyPage(Policy.parse({ ...written, ...changed }));

test('docs/filter-policy.md is what the example school means today', async () => {
  const there = await readFile(resolve(root, 'docs/filter-policy.md'), 'utf8');
  // If this fails: npm run -s keystage -- policy page admin/examples/all-through.json --out docs/filter-policy.md
  expect(there).toBe(page());
});

test('every kind has its row, its duty and its place in the grant table', () => {
  const text = page();
  for (const id of categoryIds) {
    expect(text).toContain(`| ${categories[id].title} |`);
    expect(text).toContain(`- **${categories[id].title}.** ${categories[id].duty}`);
  }
});

test('a row says what the stage does, and a school without that stage does not speak of it', () => {
  const ks3 = written.stages.KS3;
  const stages = {
    ...written.stages,
    KS3: { ...ks3, closedAlways: ['illegal'], closedAlone: ['illegal', 'games'] },
  };
  const groups = [{ id: '7a', name: '7A', stage: 'KS3' }];
  const text = page({ stages, groups, lists: [], overlays: [] });
  expect(text).toContain('| Games | with an adult |');
  expect(text).toContain('Not closed for anyone: Extremism,');
  expect(text).not.toContain('Key stage 1');
});

test('names no pupil, no account and no member of staff, and gives no reason of an arrangement', () => {
  const text = page();
  expect(written.overlays.length).toBeGreaterThan(0);
  for (const { scope, reason, by } of written.overlays) {
    for (const account of scope.pupils ?? []) expect(text).not.toContain(account);
    expect(text).not.toContain(reason);
    expect(text).not.toContain(`${by.name} agreed`);
  }
  for (const { risk } of written.history) expect(text).not.toContain(risk.educational.text);
});

test('says that nobody has recorded who supplies the illegal lists, until somebody has', () => {
  expect(page()).toContain('supplied by Regional broadband');
  expect(page()).toContain('are never opened');
  for (const upstream of [undefined, { provider: 'Regional broadband' }]) {
    const text = page({ upstream });
    expect(text).toContain('**not recorded yet**');
    expect(text).toContain('Nobody has recorded who supplies the lists of the IWF and the police.');
    expect(text).not.toContain('are never opened');
  }
});

test('promises no more than a file can: what is in force, and what the youngest have', () => {
  expect(page()).toContain('from this policy file');
  expect(page()).not.toContain('in force');
  expect(page()).toContain('from key stage 2 has a button to ask for it');
  expect(page()).toContain('from key stage 2 sites that help never are');
  expect(page()).toContain('In early years and key stage 1 the help is a grown-up');
});

test('a school on level 4 of a national scheme says what it closes on top', () => {
  const text = page({ upstream: { provider: 'Schools Broadband', level: 4 } });
  expect(text).toMatch(/level 4 of the Schools Broadband Programme/);
  expect(text).toMatch(/- Key stage 2: .*Games.*Videos and music/);
  expect(text).not.toMatch(/- Key stage 2: .*Social networks/);
});

test('the command prints the page, or writes it, and refuses what is no policy', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'page-'));
  try {
    const printed = await runCommand(['policy', 'page', example], {});
    expect(printed).toEqual({ code: 0, lines: [page().trimEnd()] });
    const out = join(folder, 'page.md');
    expect((await runCommand(['policy', 'page', example, '--out', out], {})).code).toBe(0);
    expect(await readFile(out, 'utf8')).toBe(page());
    const broken = join(folder, 'broken.json');
    await writeFile(broken, JSON.stringify({ ...written, groups: 'none' }));
    const refused = await runCommand(['policy', 'page', broken], {});
    expect(refused.code).toBe(1);
    expect(refused.lines.join('\n')).toContain('groups');
  } finally {
    await rm(folder, { recursive: true });
  }
});
