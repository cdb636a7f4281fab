import { describe, expect, test } from 'vitest';
import { accountToHash, hashedAccount } from '../../../rules/account-hash.ts';
import { Catalogue } from '../../../rules/catalogue.ts';
import { blockPageOf } from '../../../rules/closed.ts';
import { categoriesNeeded } from '../../../rules/compile.ts';
import { versionOf } from '../../../rules/document.ts';
import { Policy } from '../../../rules/policy.ts';
import type { Rule } from '../../../rules/rule.ts';
import type { Situation } from '../../../rules/situation.ts';
import type { Trouble } from '../../../rules/wire.ts';
import { createClock } from '../../../utils/clock.ts';
import { sha256Hex } from '../../../utils/digest.ts';
import { createEnforcement, type InForce, type Ruleset } from '../../../utils/enforce.ts';
import type { SettingsState } from '../../../utils/settings.ts';
import type { Store } from '../../../utils/store.ts';
import { createTroubles } from '../../../utils/troubles.ts';
import { examplePolicy } from '../../fixtures/examplePolicy.ts';

const PINNED = 'x'.repeat(43);
const noon = Date.parse('2026-11-20T12:00:00Z');

/** Chrome's rulesets as far as it refuses them: an id twice, a non-ASCII host, and then nothing of the call counts. */
function fakeRuleset() {
  const now = { session: [] as Rule[], dynamic: [] as Rule[], forPupils: true };
  const calls: string[] = [];
  let refusesPupils = false;
  let refusing: ((rules: readonly Rule[]) => string | null) | null = null;
  const replace = async (kind: 'session' | 'dynamic', rules: Rule[]) => {
    calls.push(kind);
    const ids = rules.map(({ id }) => id);
    if (new Set(ids).size < ids.length) throw new Error('Rule with a duplicate id');
    for (const { id, condition } of rules)
      for (const host of [...(condition.requestDomains ?? []), ...(condition.topDomains ?? [])])
        if ([...host].some((sign) => sign > '~'))
          throw new Error(`Rule with id ${id} has a non-ascii character`);
    const problem = refusing?.(rules);
    if (problem) throw new Error(problem);
    now[kind] = rules;
  };
  const rules: Ruleset = {
    getSessionRules: async (filter) =>
      now.session.filter(({ id }) => filter === undefined || filter.ruleIds.includes(id)),
    getDynamicRules: async ({ ruleIds }) => now.dynamic.filter(({ id }) => ruleIds.includes(id)),
    replaceSession: (given) => replace('session', given),
    replaceDynamic: (given) => replace('dynamic', given),
    isForPupils: async () => now.forPupils,
    setForPupils: async (on) => {
      if (refusesPupils) throw new Error('no such ruleset');
      calls.push(on ? 'pupils on' : 'pupils off');
      now.forPupils = on;
    },
  };
  const refuse = (why: typeof refusing) => {
    refusing = why;
  };
  const refusePupils = () => {
    refusesPupils = true;
  };
  return { rules, now, calls, refuse, refusePupils };
}

async function deviceWith(
  policy: Policy,
  stage: 'KS2' | 'KS3' | 'staff',
  lists = new Map<string, string>(),
  pupil?: string,
) {
  const state = new Map<string, unknown>();
  let isFailing = false;
  let isUnreadable = false;
  const documents = new Map([
    ['policy', { kind: 'policy', jws: jwsOf(policy), etag: null, receivedAt: noon }],
  ]);
  const store = {
    get: async (key: string) => {
      if (isUnreadable) throw new Error('Encountered full disk while opening backing store');
      return state.get(key);
    },
    set: async (key: string, value: unknown) => {
      const isMark = (value as InForce | null)?.lists?.unsure === true;
      if (isFailing && key === 'inForce' && !isMark) throw new Error('disk is full');
      state.set(key, structuredClone(value));
    },
    documents: async () => [...documents.values()],
    listKeys: async () => [...lists.keys()],
    list: async (sha256: string) => lists.get(sha256),
  } as unknown as Store;
  const clock = createClock(() => noon);
  const chrome = fakeRuleset();
  const settings: SettingsState = {
    state: 'known',
    from: 'managed',
    settings: {
      endpoint: 'https://keystage.school.example',
      school: policy.school,
      publicKeys: [PINNED],
      enrolmentToken: 'x'.repeat(16),
      stage,
    },
  };
  const told: number[] = [];
  const enforcement = createEnforcement({
    rules: chrome.rules,
    store,
    clock,
    troubles: createTroubles(store, clock),
    settings: async () => settings,
    situationIn: async (): Promise<Situation> => ({
      stage,
      groups: [],
      now: noon,
      ...(pupil === undefined ? {} : { pupil }),
    }),
    blockPage: blockPageOf('a'.repeat(32)),
    changed: () => void told.push(1),
  });
  return {
    chrome,
    enforcement,
    told,
    troubles: async () => ((await store.get('troubles')) ?? []) as Trouble[],
    publish: (next: Policy, keyId = PINNED) =>
      void documents.set('policy', { kind: 'policy', jws: jwsOf(next, keyId), etag: null, receivedAt: noon }),
    /** IT changes the keys in the managed settings. */
    pin: (...keys: string[]) => {
      settings.settings.publicKeys = keys;
    },
    failToNote: (is: boolean) => {
      isFailing = is;
    },
    failToRead: (is: boolean) => {
      isUnreadable = is;
    },
    sitsHere: (next: 'KS2' | 'staff') => {
      stage = next;
      settings.settings.stage = next;
    },
    offer: (catalogue: Catalogue) =>
      void documents.set('catalogue', {
        kind: 'catalogue',
        jws: jwsOf(catalogue),
        etag: null,
        receivedAt: noon,
      }),
  };
}

/** As the store holds it: the signature was checked when it came. */
const jwsOf = (document: Policy | Catalogue, keyId = PINNED) =>
  `${part({ alg: 'EdDSA', kid: keyId })}.${part(document)}.e30`;
const part = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');

async function example(changes: Partial<Policy> = {}): Promise<Policy> {
  const written = { ...(await examplePolicy()), schema: 1, mustUnderstand: [], epoch: 1 };
  return Policy.parse({ ...written, issuedAt: '2026-11-20T08:00:00Z', ...changes });
}

const opens = (rules: readonly Rule[], host: string) =>
  rules.some(({ action, condition }) => action.type === 'allow' && condition.requestDomains?.includes(host));

test('what a key signed that is no longer pinned opens nothing, until the next good one', async () => {
  const first = await example();
  const device = await deviceWith(first, 'KS2');
  await device.enforcement.apply();
  expect(opens(device.chrome.now.session, 'simple.wikipedia.org')).toBe(true);

  const newKey = 'y'.repeat(43);
  device.pin(PINNED, newKey);
  expect((await device.enforcement.apply())?.versions.policy).toBe(versionOf(first));
  device.pin(newKey);
  expect((await device.enforcement.apply())?.versions.policy).toBeNull();
  expect(opens(device.chrome.now.session, 'simple.wikipedia.org')).toBe(false);

  device.publish(first, newKey);
  expect((await device.enforcement.apply())?.versions.policy).toBe(versionOf(first));
  expect(opens(device.chrome.now.session, 'simple.wikipedia.org')).toBe(true);
});

test('the ruleset for pupils is off for adults alone, and on before anything opens for a pupil again', async () => {
  const device = await deviceWith(await example(), 'staff');
  const { chrome, enforcement, told } = device;
  await enforcement.apply();
  expect(chrome.calls).toEqual(['session', 'pupils off']);
  expect(chrome.now.forPupils).toBe(false);
  await enforcement.apply();
  expect(chrome.calls).toEqual(['session', 'pupils off']);

  device.sitsHere('KS2');
  await enforcement.apply();
  expect(chrome.calls.slice(2)).toEqual(['pupils on', 'session']);

  // Somebody else has switched it off: on again, and whoever judges pages hears of it.
  chrome.now.forPupils = false;
  const before = told.length;
  await enforcement.apply();
  expect(chrome.calls.slice(4)).toEqual(['pupils on']);
  expect(told.length).toBe(before + 1);
});

test('where the ruleset for pupils cannot be had, nothing opens for them', async () => {
  const device = await deviceWith(await example(), 'KS2');
  device.chrome.now.forPupils = false;
  device.chrome.refusePupils();
  expect(await device.enforcement.apply()).toBeNull();
  expect(device.chrome.now.session).toEqual([]);
  expect(await device.troubles()).toMatchObject([{ code: 'rules-refused', detail: 'no such ruleset' }]);
});

test('what is stored of another school opens nothing, though its key is pinned', async () => {
  const device = await deviceWith(await example(), 'KS2');
  await device.enforcement.apply();
  expect(opens(device.chrome.now.session, 'simple.wikipedia.org')).toBe(true);
  // The settings name another school now, or one trust signs for both.
  device.publish(await example({ school: 'the-school-next-door' }));
  expect((await device.enforcement.apply())?.versions.policy).toBeNull();
  expect(opens(device.chrome.now.session, 'simple.wikipedia.org')).toBe(false);
});

test('an arrangement that names an account by its hash reaches that account, in any case, and no other', async () => {
  const salt = 'a-salt-of-one-school';
  const hashed = hashedAccount(await sha256Hex(accountToHash(salt, 'ada@school.example')));
  const policy = await example({
    accountSalt: salt,
    overlays: [
      {
        id: 'one',
        scope: { pupils: [hashed] },
        direction: 'wider',
        entries: [{ entry: 'sign.example' }],
        reason: 'agreed',
        by: { role: 'dsl', name: 'Safeguarding lead' },
        reviewBy: '2027-01-15',
      },
    ],
  });
  const opensFor = async (pupil: string) => {
    const device = await deviceWith(policy, 'KS2', new Map(), pupil);
    await device.enforcement.apply();
    return opens(device.chrome.now.session, 'sign.example');
  };
  expect(await opensFor('Ada@School.example')).toBe(true);
  expect(await opensFor('ben@school.example')).toBe(false);
});

describe('a refused update', () => {
  test('leaves every rule that stood, says so, and is tried again until it is taken', async () => {
    const first = await example();
    const device = await deviceWith(first, 'KS2');
    await device.enforcement.apply();
    const before = structuredClone(device.chrome.now);
    expect(opens(before.session, 'simple.wikipedia.org')).toBe(true);

    const next = await example({ issuedAt: '2026-11-20T09:00:00Z', lists: [] });
    device.publish(next);
    device.chrome.refuse(() => 'Rule with id 8000 is invalid');
    const still = await device.enforcement.apply();
    expect(device.chrome.now).toEqual(before);
    expect(still?.versions.policy).toBe(versionOf(first));
    expect(await device.troubles()).toContainEqual(
      expect.objectContaining({
        where: 'rules',
        code: 'rules-refused',
        detail: 'Rule with id 8000 is invalid',
      }),
    );

    device.chrome.refuse(null);
    expect((await device.enforcement.apply())?.versions.policy).toBe(versionOf(next));
    expect(opens(device.chrome.now.session, 'simple.wikipedia.org')).toBe(false);
    expect(await device.troubles()).toEqual([]);
  });

  test('of the lists opens nothing that they should close', async () => {
    const policy = await example();
    const device = await deviceWith(policy, 'KS3');
    device.chrome.refuse((rules) => (rules.some(({ id }) => id === 101) ? 'no room for lists' : null));
    const inForce = await device.enforcement.apply();
    expect(inForce?.lists ?? null).toBeNull();
    // Filtered opens by a rule for the whole web; without lists there is none.
    const wide = device.chrome.now.session.filter(({ condition }) => condition.urlFilter === '|http');
    expect(wide).toEqual([]);
    expect(opens(device.chrome.now.session, 'thenational.academy')).toBe(true);
  });
});

test('a list whose text is lost opens nothing: access is approved until it is there again', async () => {
  const policy = await example();
  const lists = new Map<string, string>();
  const device = await deviceWith(policy, 'KS3', lists);
  const named = categoriesNeeded(policy, 'KS3').map((category, index) => {
    const sha256 = index.toString(16).padStart(64, '0');
    lists.set(sha256, `${category}.example\n`);
    return { category, sha256, hosts: 1, bytes: 1 };
  });
  const envelope = { schema: 1, mustUnderstand: [], school: policy.school, epoch: 1 };
  device.offer(
    Catalogue.parse({ ...envelope, kind: 'catalogue', issuedAt: '2026-11-20T08:00:00Z', lists: named }),
  );
  const isWide = () => device.chrome.now.session.some(({ condition }) => condition.urlFilter === '|http');
  await device.enforcement.apply(true);
  expect(isWide()).toBe(true);
  const [lost = ''] = lists.keys();
  const text = lists.get(lost) ?? '';
  lists.delete(lost);
  expect((await device.enforcement.apply())?.lists).toBeNull();
  expect(isWide()).toBe(false);
  expect(opens(device.chrome.now.session, 'thenational.academy')).toBe(true);
  lists.set(lost, text);
  await device.enforcement.apply();
  expect(isWide()).toBe(true);
});

/** A KS3 of this access with the lists that its closings need, on a device that has them all. */
async function withAccess(access: 'approved' | 'filtered') {
  const policy = await example();
  const stagesWith = (to: typeof access): Policy['stages'] => ({
    ...policy.stages,
    KS3: { ...policy.stages.KS3, alone: to, supervised: to },
  });
  const lists = new Map<string, string>();
  const device = await deviceWith({ ...policy, stages: stagesWith(access) }, 'KS3', lists);
  const named = categoriesNeeded({ ...policy, stages: stagesWith('filtered') }, 'KS3').map(
    (category, index) => {
      const sha256 = index.toString(16).padStart(64, '0');
      lists.set(sha256, `${category}.example\n`);
      return { category, sha256, hosts: 1, bytes: 1 };
    },
  );
  const envelope = { schema: 1, mustUnderstand: [], school: policy.school, epoch: 1 };
  device.offer(
    Catalogue.parse({ ...envelope, kind: 'catalogue', issuedAt: '2026-11-20T08:00:00Z', lists: named }),
  );
  await device.enforcement.apply(true);
  const isWide = () => device.chrome.now.session.some(({ condition }) => condition.urlFilter === '|http');
  const closes = () =>
    device.chrome.now.dynamic.some(({ condition }) => condition.requestDomains?.includes('games.example'));
  return {
    device,
    isWide,
    closes,
    become: async (to: typeof access) =>
      device.publish(await example({ issuedAt: '2026-11-20T09:00:00Z', stages: stagesWith(to) })),
  };
}

test('promise 1: a stage that becomes filtered does not open before its lists are in force', async () => {
  const { device, isWide, closes, become } = await withAccess('approved');
  expect([isWide(), closes()]).toEqual([false, false]);
  await become('filtered');
  // Somebody is at work: no quiet moment to wait for.
  await device.enforcement.apply();
  expect([isWide(), closes()]).toEqual([true, true]);
});

test('promise 2: while lists are taken away, nothing is open that needs them', async () => {
  const { device, isWide, closes, become } = await withAccess('filtered');
  expect([isWide(), closes()]).toEqual([true, true]);
  await become('approved');
  const wideWhileWritten: boolean[] = [];
  device.chrome.refuse((rules) => {
    if (rules.some(({ id }) => id === 101)) wideWhileWritten.push(isWide());
    return null;
  });
  await device.enforcement.apply(true);
  expect(wideWhileWritten).toEqual([false]);
  expect([isWide(), closes()]).toEqual([false, false]);
});

test('when nobody knows whether new lists were written, the next look tells', async () => {
  const policy = await example();
  const lists = new Map<string, string>();
  const device = await deviceWith(policy, 'KS3', lists);
  const offer = (version: number) => {
    const named = categoriesNeeded(policy, 'KS3').map((category, index) => {
      const sha256 = `${version}${index.toString(16)}`.padStart(64, '0');
      lists.set(sha256, `v${version}.${category}.example\n`);
      return { category, sha256, hosts: 1, bytes: 1 };
    });
    const envelope = { schema: 1, mustUnderstand: [], school: policy.school, epoch: 1 };
    const issuedAt = `2026-11-20T0${version}:00:00Z`;
    device.offer(Catalogue.parse({ ...envelope, kind: 'catalogue', issuedAt, lists: named }));
    return named.map(({ sha256 }) => sha256);
  };
  offer(1);
  await device.enforcement.apply(true);
  const second = offer(2);
  // Chrome takes them; what is noted of it never reaches the disk.
  device.failToNote(true);
  await device.enforcement.apply(true);
  device.failToNote(false);
  const inForce = await device.enforcement.apply();
  expect(inForce?.lists?.of.map(({ sha256 }) => sha256)).toEqual(second);
  expect(inForce?.lists?.unsure).toBeUndefined();
});

test('promise 10: a full disk holds up no rule, and tells nobody again of what it could not note', async () => {
  const device = await deviceWith(await example(), 'staff');
  await device.enforcement.apply();
  device.failToNote(true);
  device.sitsHere('KS2');
  const told = device.told.length;
  expect((await device.enforcement.apply())?.stage).toBe('KS2');
  expect(JSON.stringify(device.chrome.now.session)).toContain('thenational.academy');
  await device.enforcement.apply();
  expect(device.told).toHaveLength(told + 1);
});

test('promise 1: what cannot be read is closed, and opens when it can be read', async () => {
  const device = await deviceWith(await example(), 'KS2');
  const isOpen = () => JSON.stringify(device.chrome.now.session).includes('thenational.academy');
  await device.enforcement.apply();
  expect(isOpen()).toBe(true);
  device.failToRead(true);
  await device.enforcement.apply();
  expect(isOpen()).toBe(false);
  device.failToRead(false);
  await device.enforcement.apply();
  expect(isOpen()).toBe(true);
});

test('each ruleset is replaced whole, in one call, and not at all when nothing has changed', async () => {
  const device = await deviceWith(await example(), 'KS2');
  await device.enforcement.apply();
  const [calls, told] = [[...device.chrome.calls], device.told.length];
  expect(calls.filter((kind) => kind === 'session')).toHaveLength(1);
  await device.enforcement.apply();
  await device.enforcement.apply(true);
  expect(device.chrome.calls).toEqual(calls);
  // Pages answer news by applying again: told without a change, two would talk for ever.
  expect(device.told).toHaveLength(told);
});

test('two that apply at once write one after the other', async () => {
  const device = await deviceWith(await example(), 'KS2');
  const [a, b] = await Promise.all([device.enforcement.apply(), device.enforcement.apply()]);
  expect(a?.sessionDigest).toBe(b?.sessionDigest);
  expect(device.chrome.calls.filter((kind) => kind === 'session')).toHaveLength(1);
});

test('rules that somebody took away are made again', async () => {
  const device = await deviceWith(await example(), 'KS2');
  await device.enforcement.apply();
  const before = structuredClone(device.chrome.now.session);
  device.chrome.now.session = [];
  await device.enforcement.apply();
  expect(device.chrome.now.session).toEqual(before);
});
