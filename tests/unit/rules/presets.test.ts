import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { categoryIds } from '../../../rules/categories.ts';
import { StageRules } from '../../../rules/policy.ts';
import {
  addedTo,
  nationalLevels,
  presetAccess,
  presetClosings,
  presetLineOf,
  presetOf,
} from '../../../rules/presets.ts';
import { type Stage, stages } from '../../../rules/stages.ts';

const field = resolve(import.meta.dirname, '../../../../shared/FIELD.md');
if (!existsSync(field)) console.warn(`SKIPPED: the duties are not here (${field})`);

describe.each(stages)('the preset of %s', (stage: Stage) => {
  const preset = presetOf(stage);

  it('can stand in a policy, and nests', () => {
    expect(StageRules.parse(preset)).toEqual(preset);
    for (const id of preset.closedAlways) expect(preset.closedAlone).toContain(id);
  });

  it('names every category in one line at most', () => {
    for (const id of categoryIds) {
      const lines = presetClosings.filter(
        (line) => line.stages.includes(stage) && line.categories.includes(id),
      );
      expect(lines.length, id).toBeLessThanOrEqual(1);
    }
  });

  it('closes with and without an adult what nobody may open alone', () => {
    for (const id of ['illegal', 'extremism', 'adult', 'violence', 'hate', 'proxies', 'malware'] as const)
      expect(preset.closedAlways).toContain(id);
  });
});

it('closes EYFS and KS1 whoever is there, and closes every category should a school open them', () => {
  for (const stage of ['EYFS', 'KS1'] as const) {
    expect(presetOf(stage)).toMatchObject({ alone: 'closed', supervised: 'closed' });
    expect(presetOf(stage).closedAlways).toEqual(categoryIds);
  }
});

it('never closes less for a younger pupil', () => {
  const ages = ['EYFS', 'KS1', 'KS2', 'KS3', 'KS4'] as const;
  ages.slice(1).forEach((older, at) => {
    const younger = presetOf(ages[at] as Stage);
    for (const id of presetOf(older).closedAlone) expect(younger.closedAlone, older).toContain(id);
    for (const id of presetOf(older).closedAlways) expect(younger.closedAlways, older).toContain(id);
  });
});

it('closes AI chat and unsafe searches for every pupil, and not for staff', () => {
  for (const id of ['ai-chat', 'unsafe-search'] as const) {
    expect(stages.filter((stage) => presetLineOf(stage, id))).toEqual(['EYFS', 'KS1', 'KS2', 'KS3', 'KS4']);
  }
});

it('is stricter than level 4 of the broadband at KS2 by games and YouTube, and says by what else', () => {
  const added = addedTo(4, presetOf('KS2'));
  expect(added).toEqual(expect.arrayContaining(['games', 'streaming', 'ai-chat', 'chat']));
  expect(added).not.toContain('social');
  expect(addedTo(1, presetOf('KS2'))).toEqual([]);
});

it('a wider level leaves more for us to close', () => {
  const [, ...open] = nationalLevels.levels;
  const counts = open.map(({ level }) => addedTo(level, presetOf('KS3')).length);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
});

it.skipIf(!existsSync(field))('every line of it names a duty that is in FIELD', () => {
  const known = new Set(
    [...readFileSync(field, 'utf8').matchAll(/^\| ([A-Z]{1,2}\d{1,2}) \|/gm)].map(([, id]) => id),
  );
  const lines = [...Object.values(presetAccess), ...presetClosings, nationalLevels];
  expect(lines.length).toBeGreaterThan(15);
  for (const { because } of lines) {
    expect(because.length).toBeGreaterThan(0);
    expect([...because].filter((id) => !known.has(id))).toEqual([]);
  }
});
