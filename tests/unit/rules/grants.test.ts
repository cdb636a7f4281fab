import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, parseAddress } from '../../../rules/address.ts';
import { type CategoryId, categories, categoryIds } from '../../../rules/categories.ts';
import { parseEntry } from '../../../rules/entry.ts';
import { mayGrantAddress } from '../../../rules/grant-address.ts';
import { GrantRole, mayGrant } from '../../../rules/grant-table.ts';
import { hostsFrom } from '../../../rules/hosts.ts';
import { namesBelow } from '../../../rules/hosts-below.ts';
import { pathsIn } from '../../../rules/lists/paths.ts';
import { opensBelow } from '../../../rules/opens-below.ts';
import type { Situation } from '../../../rules/situation.ts';
import { standingOf } from '../../../rules/standing.ts';
import { exampleSchool } from './exampleSchool.ts';

const roles = GrantRole.options;

describe('the table, category × role', () => {
  it('prints as it is published', () => {
    const rows = (['illegal', 'sensitive', 'ordinary'] as const).map((one) => {
      const category = categoryIds.find((id) => categories[id].class === one) as CategoryId;
      return [one, ...roles.map((role) => said(mayGrant(role, category)))];
    });
    expect([['', ...roles], ...rows]).toEqual([
      ['', 'teacher', 'coordinator', 'dsl', 'principal', 'network-manager'],
      ['illegal', 'nobody', 'nobody', 'nobody', 'nobody', 'nobody'],
      ['sensitive', ...Array(4).fill('network-manager'), 'named-request'],
      ['ordinary', ...Array(4).fill('lesson'), 'named-request'],
    ]);
  });

  it('lets a teacher open games and social networks for a lesson, and no hate, drugs, weapons or proxies', () => {
    for (const id of ['games', 'social', 'chat', 'streaming', 'misinformation'] as const)
      expect(mayGrant('teacher', id)).toEqual({ may: true, needs: 'lesson' });
    for (const id of ['hate', 'drugs', 'weapons', 'proxies', 'adult', 'self-harm', 'ai-chat'] as const)
      expect(mayGrant('teacher', id)).toEqual({ may: false, code: 'network-manager' });
  });

  it('lets nobody open the illegal', () => {
    for (const role of roles) expect(mayGrant(role, 'illegal').may).toBe(false);
  });
});

describe('one address for one pupil', () => {
  const school = exampleSchool({
    games: ['poki.com', 'both.example'],
    adult: ['adult.example', 'both.example'],
    illegal: ['illegal.example'],
    'ai-chat': ['chatgpt.com'],
  });
  const pupil: Situation = {
    stage: 'KS3',
    groups: ['7a'],
    pupil: 'p',
    now: Date.parse('2026-11-21T10:00:00Z'),
  };
  const at = (text: string): Address => {
    const address = parseAddress(text);
    if (!address) throw new Error(text);
    return address;
  };
  const asks = (role: GrantRole, text: string, situation = pupil) =>
    said(mayGrantAddress(role, school, situation, at(text)));

  it.each<[string, string, string]>([
    // address · teacher · network manager
    ['https://poki.com/', 'lesson', 'named-request'],
    ['https://www.adult.example/', 'network-manager', 'named-request'],
    ['https://illegal.example/', 'nobody', 'nobody'],
    // The verdict may name games; a grant would open what the other list closes, too.
    ['https://both.example/', 'network-manager', 'named-request'],
    ['https://chatgpt.com/', 'network-manager', 'named-request'],
    // A list of the school's own: locked, and closed.
    ['https://www.stormfront.org/', 'nobody', 'nobody'],
    ['https://neal.fun/', 'network-manager', 'named-request'],
    // A way round the filter.
    ['https://example-com.translate.goog/', 'network-manager', 'named-request'],
    ['http://10.0.0.1/', 'network-manager', 'named-request'],
    ['https://en.wikipedia.org/', 'already-open', 'already-open'],
  ])('%s: a teacher %s, the network manager %s', (text, teacher, manager) => {
    expect(asks('teacher', text)).toBe(teacher);
    expect(asks('network-manager', text)).toBe(manager);
  });

  it('names the categories that weigh', () => {
    expect(mayGrantAddress('teacher', school, pupil, at('https://both.example/'))).toEqual({
      may: false,
      code: 'network-manager',
      because: ['adult', 'games'],
    });
  });

  it('lets a teacher of KS1 and KS2 open a site that is only not approved', () => {
    for (const [stage, group] of [
      ['KS1', '2b'],
      ['KS2', '5-oak'],
    ] as const)
      expect(asks('teacher', 'https://museum.example/', { ...pupil, stage, groups: [group] })).toBe('lesson');
  });

  it('gives no grant to a pupil whose access is withdrawn: that ends by itself', () => {
    const orders = {
      kind: 'orders',
      expiresAt: '2026-11-21T20:00:00Z',
      lessons: [],
      grants: [],
      closings: [],
      suspensions: [{ pupil: 'p', reason: 'r', endsAt: '2026-11-21T12:00:00Z' }],
    } as never;
    expect(mayGrantAddress('teacher', { ...school, orders }, pupil, at('https://poki.com/'))).toEqual({
      may: false,
      code: 'ends-by-itself',
    });
  });
});

describe('what a whole site would open with it', () => {
  const names = ['shop.mixed.example', 'deep.er.mixed.example', 'far.example', 'xmixed.example'];
  const hosts = hostsFrom(names);
  const school = {
    ...exampleSchool({ games: ['play.mixed.example'], illegal: ['worst.locked.example'] }),
    paths: new Map([['drugs', pathsIn('pages.example/grow\npages.example/sell', 10)]] as const),
  };
  const documents = { ...school, lists: new Map([...school.lists, ['drugs', hosts]] as const) };
  const below = (role: GrantRole, text: string, stage: 'KS2' | 'KS3' = 'KS3') => {
    const read = parseEntry(text);
    if (!read.ok) throw new Error(text);
    const situation = { stage, groups: [], now: Date.parse('2026-11-21T10:00:00Z') };
    return opensBelow(role, documents, standingOf(documents, situation), read.entry);
  };

  it('names what a list closes as sensitive below a host that a teacher may not open it with', () => {
    expect(below('teacher', 'mixed.example')).toEqual({
      names: ['shop.mixed.example', 'deep.er.mixed.example'],
      more: 0,
      because: ['drugs'],
    });
    expect(below('teacher', 'mixed.example', 'KS2')).not.toBeNull();
    expect(below('network-manager', 'mixed.example')).toBeNull();
  });

  it('says nothing of a page, of the host alone, of another name, of what is ordinary or locked', () => {
    for (const text of [
      'mixed.example/page',
      '.mixed.example',
      'shop.mixed.example',
      'play.mixed.example',
      'locked.example',
    ])
      expect(below('teacher', text), text).toBeNull();
  });

  it('names single pages that a list closes, where the entry holds them', () => {
    expect(below('teacher', 'pages.example')?.names).toEqual(['pages.example/grow', 'pages.example/sell']);
    expect(below('teacher', 'pages.example/g')?.names).toEqual(['pages.example/grow']);
    expect(below('teacher', 'pages.example/read')).toBeNull();
  });

  it('weighs a single page by the list that names it', () => {
    const situation = { stage: 'KS3' as const, groups: [], now: Date.parse('2026-11-21T10:00:00Z') };
    const address = parseAddress('https://pages.example/grow/at-home') as Address;
    expect(mayGrantAddress('teacher', documents, situation, address)).toMatchObject({ because: ['drugs'] });
  });

  it('counts what lies below a domain like a look at every name, for any names', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 60 }), letters, (some, domain) => {
        const set = new Set(some.filter((name) => !name.startsWith('.')));
        expect(namesBelow(hostsFrom(set), domain, 3)).toEqual(namesBelow(set, domain, 3));
      }),
    );
  });
});

function said(answer: { may: true; needs: string } | { may: false; code: string }): string {
  return answer.may ? answer.needs : answer.code;
}
