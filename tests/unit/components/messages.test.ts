import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };

const root = join(import.meta.dirname, '../../..');
const all: Record<string, { message: string; description?: string; placeholders?: object }> = messages;
const keys = Object.keys(all);

/** What Chrome or an entrypoint reads, and no component does. */
const notForComponents = /^(ext_|action_|command_|context_|title_|ending_)/;

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));

const literals = new Set(
  sourcesIn('components').flatMap((text) => [...text.matchAll(/'([a-z][a-z0-9_]*)'/g)].map(([, key]) => key)),
);

test('every message is said by a component, or belongs to the manifest or an entrypoint', () => {
  expect(keys.filter((key) => !literals.has(key) && !notForComponents.test(key))).toEqual([]);
});

test('every message tells a translator where it stands, and keys are flat', () => {
  expect(keys.filter((key) => !all[key]?.description)).toEqual([]);
  expect(keys.filter((key) => !/^[a-z][a-z0-9_]*$/.test(key))).toEqual([]);
});

test('every $NAME$ has its placeholder, and every placeholder its $NAME$', () => {
  for (const [key, { message, placeholders = {} }] of Object.entries(all)) {
    const used = [...message.matchAll(/\$([A-Z_]+)\$/g)].map(([, name = '']) => name.toLowerCase());
    expect([...new Set(used)].sort(), key).toEqual(Object.keys(placeholders).sort());
  }
});

test('what Chrome limits stays within its limits', () => {
  expect(all.ext_description?.message.length).toBeLessThanOrEqual(132);
  expect(all.ext_name?.message.length).toBeLessThanOrEqual(75);
});

test('the youngest read at most eight words', () => {
  const early = keys.filter((key) => key.startsWith('early_'));
  expect(early.length).toBeGreaterThan(8);
  for (const key of early) expect(all[key]?.message.split(/\s+/).length, key).toBeLessThanOrEqual(8);
});

test('no child is blamed: the words of LOOK that no page says', () => {
  const never = /error|blocked|violation|unauthori[sz]ed|inappropriate|you tried to|are you sure|forbidden/i;
  const children = keys.filter((key) => !key.startsWith('status_') && !key.startsWith('trouble_'));
  expect(children.filter((key) => never.test(all[key]?.message ?? ''))).toEqual([]);
});
