import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** Who may import whom: DESIGN §4. A folder imports from itself and from those named here. */
const may: Record<string, readonly string[]> = {
  rules: [],
  utils: ['rules'],
  components: ['rules'],
  entrypoints: ['components', 'utils', 'rules'],
  // `public` for the words that children read.
  'admin/console': ['components', 'rules', 'admin', 'public'],
  admin: ['rules'],
};
/** `rules/` is pure: these packages and nothing of any platform. */
const packagesOfRules = ['zod', 'tldts'];

const root = resolve(import.meta.dirname, '../..');
const houseOf = (file: string): string => {
  const path = relative(root, file);
  if (path.startsWith('admin/console/')) return 'admin/console';
  return path.split('/')[0] ?? '';
};
const sources = Object.keys(may)
  .filter((house) => !house.includes('/'))
  .flatMap((house) =>
    readdirSync(join(root, house), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(root, house, name)),
  );

const importsIn = (file: string): string[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|import\(\s*'([^']+)'/g,
    ),
  ].map((found) => found[1] ?? found[2] ?? '');

test('there is something to check', () => {
  expect(sources.length).toBeGreaterThan(40);
});

test.each(sources.map((file) => [relative(root, file), file]))(
  '%s imports only from where it may',
  (_, file) => {
    const house = houseOf(file);
    for (const name of importsIn(file)) {
      if (!name.startsWith('.')) {
        if (house === 'rules') expect(packagesOfRules).toContain(name);
        continue;
      }
      const target = houseOf(resolve(dirname(file), name));
      if (target === house) continue;
      expect(may[house] ?? [], `${relative(root, file)} imports ${name}`).toContain(target);
    }
  },
);

const codeOf = (file: string): string =>
  readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');

test('rules touch no platform', () => {
  for (const file of sources.filter((source) => houseOf(source) === 'rules'))
    expect(codeOf(file), file).not.toMatch(
      /\b(chrome|browser)\.|\bfetch\(|Date\.now\(|new Date\(\)|indexedDB|Math\.random/,
    );
});

test('components never call chrome', () => {
  for (const file of sources.filter((source) => houseOf(source) === 'components'))
    expect(codeOf(file), file).not.toMatch(/\b(chrome|browser)\.[a-z]/);
});
