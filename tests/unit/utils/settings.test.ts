import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../rules/settings.ts';
import { createSettings, type SettingsSources, type SettingsState } from '../../../utils/settings.ts';

const good: Settings = {
  endpoint: 'https://keystage.school.example',
  school: 'here',
  publicKeys: ['k'.repeat(43)],
  enrolmentToken: 't'.repeat(24),
  stage: 'KS2',
};

function sources(
  managed: Record<string, unknown>,
  kept?: Settings,
  packaged: Record<string, unknown> | null = null,
) {
  const stored: Record<string, unknown> = kept ? { settings: kept } : {};
  return {
    managed: async () => managed,
    packaged: async () => packaged,
    store: {
      get: (async (key: string) => stored[key]) as never,
      set: (async (key: string, value: unknown) => {
        stored[key] = value;
      }) as never,
    },
    stored: () => stored.settings,
  };
}

async function readSettings(from: SettingsSources): Promise<SettingsState> {
  const settings = createSettings(from);
  await settings.ask();
  return settings.current();
}

test('until the browser has spoken, what it said last counts, and before that nothing', async () => {
  const from = sources({ ...good });
  const silent = { ...from, managed: () => new Promise<Record<string, unknown>>(() => {}) };
  expect(await createSettings(silent).current()).toEqual({ state: 'unknown' });
  expect(await createSettings(from).ask()).toBe(true);
  expect(await createSettings(silent).current()).toMatchObject({ state: 'known', settings: good });
  expect(await createSettings(from).ask()).toBe(false);
});

test('settings that went wrong stay wrong over a restart, though good ones are kept', async () => {
  const from = sources({ ...good });
  await createSettings(from).ask();
  await createSettings({ ...from, managed: async () => ({ ...good, stage: 'KS9' }) }).ask();
  expect(await createSettings(from).current()).toMatchObject({ state: 'wrong' });
});

test('good settings are known, and kept', async () => {
  const from = sources({ ...good });
  expect(await readSettings(from)).toEqual({ state: 'known', settings: good, from: 'managed' });
  expect(from.stored()).toEqual(good);
});

test('nothing given is unknown, not empty: what was good before goes on', async () => {
  expect(await readSettings(sources({}))).toEqual({ state: 'unknown' });
  expect(await readSettings(sources({}, good))).toEqual({ state: 'known', settings: good, from: 'kept' });
});

test('a copy packaged for development is what its developer says', async () => {
  expect(await readSettings(sources({}, undefined, { ...good }))).toMatchObject({ from: 'packaged' });
  expect(await readSettings(sources({ ...good, stage: 'KS1' }, undefined, { ...good }))).toMatchObject({
    from: 'packaged',
    settings: { stage: 'KS2' },
  });
});

describe('settings that cannot be used are wrong, by name, also where good ones are kept', () => {
  test.each([
    ['endpoint', { ...good, endpoint: 'http://keystage.school.example' }],
    ['endpoint', { ...good, endpoint: 'keystage' }],
    ['stage', { ...good, stage: 'KS9' }],
    ['stage', { ...good, stage: undefined }],
    ['publicKeys', { ...good, publicKeys: 'k' }],
    ['publicKeys.0', { ...good, publicKeys: ['short'] }],
    ['publicKeys', { ...good, publicKeys: [] }],
    ['enrolmentToken', { ...good, enrolmentToken: 12 }],
    [
      'school',
      {
        endpoint: good.endpoint,
        publicKeys: good.publicKeys,
        enrolmentToken: good.enrolmentToken,
        stage: 'KS2',
      },
    ],
    ['group', { ...good, group: 'Class 2B' }],
  ])('%s', async (setting, managed) => {
    const from = sources(managed as Record<string, unknown>, good);
    expect(await readSettings(from)).toMatchObject({
      state: 'wrong',
      problems: [expect.objectContaining({ setting })],
    });
    expect(from.stored()).toEqual(good);
  });
});

test.each(['http://127.0.0.1:8787', 'http://localhost:8787', 'https://a.example'])(
  '%s is an endpoint',
  async (endpoint) => {
    expect(await readSettings(sources({ ...good, endpoint }))).toMatchObject({ state: 'known' });
  },
);
