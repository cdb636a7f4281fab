import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../rules/address.ts';
import { categories, categoryIds } from '../../../rules/categories.ts';
import { categoriesNeeded } from '../../../rules/compile.ts';
import { decide } from '../../../rules/decide.ts';
import { applyOverlays } from '../../../rules/overlays.ts';
import { type Overlay, Policy, type StageRules } from '../../../rules/policy.ts';
import { presetOf } from '../../../rules/presets.ts';
import type { Situation } from '../../../rules/situation.ts';
import { stages } from '../../../rules/stages.ts';
import { standingOf } from '../../../rules/standing.ts';
import { exampleSchool } from './exampleSchool.ts';

const school = exampleSchool({ games: ['poki.com'], streaming: ['youtube.com'], social: ['tiktok.com'] });
const now = Date.parse('2026-11-21T10:00:00Z');
const pupil = (name: string | undefined, stage: Situation['stage'] = 'KS3', groups = ['7a']): Situation => ({
  stage,
  groups,
  now,
  ...(name === undefined ? {} : { pupil: name }),
});
const overlay = (fields: Partial<Overlay>): Overlay => ({
  id: 'one',
  scope: { pupils: ['ada'] },
  direction: 'stricter',
  reason: 'agreed with the family',
  by: { role: 'dsl', name: 'Safeguarding lead' },
  reviewBy: '2027-01-15',
  ...fields,
});
const policyWith = (...overlays: unknown[]) => ({ ...school.policy, overlays });
const problems = (...overlays: unknown[]): string[] => {
  const read = Policy.safeParse(policyWith(...overlays));
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};
const verdict = (overlays: Overlay[], situation: Situation, text: string) => {
  const address = parseAddress(text);
  if (!address) throw new Error(text);
  const said = decide({ ...school, policy: Policy.parse(policyWith(...overlays)) }, situation, address);
  return `${said.open ? 'open' : 'closed'} ${said.tier}${said.from ? ` ${said.from}` : ''}`;
};

describe('a stricter overlay', () => {
  const strict = overlay({
    categories: ['streaming'],
    entries: [{ entry: 'wikipedia.org' }],
    access: { alone: 'approved' },
  });

  it('closes categories, entries and access for the pupil it names, and for nobody else', () => {
    expect(verdict([strict], pupil('ada'), 'https://en.wikipedia.org/')).toBe('closed block overlay:one');
    expect(verdict([strict], pupil('ada'), 'https://www.theguardian.com/')).toBe('closed packaged');
    expect(verdict([strict], pupil('ben'), 'https://en.wikipedia.org/')).toMatch(/^open/);
    expect(verdict([strict], pupil('ben'), 'https://www.theguardian.com/')).toBe('open aloneOpen');
  });

  it('holds for a pupil whom nobody knows: unknown is the strictest of the group', () => {
    expect(verdict([strict], pupil(undefined), 'https://en.wikipedia.org/')).toMatch(/^closed/);
  });

  it('knows the pupil in any letter case', () => {
    expect(verdict([strict], pupil('Ada'), 'https://en.wikipedia.org/')).toBe('closed block overlay:one');
  });

  it('may close a category that the stage leaves open, and its list is then fetched', () => {
    const forms = overlay({ scope: { groups: ['10a'] }, categories: ['personal-sites'] });
    expect(categoriesNeeded(Policy.parse(policyWith()), 'KS4')).not.toContain('personal-sites');
    expect(categoriesNeeded(Policy.parse(policyWith(forms)), 'KS4')).toContain('personal-sites');
    const standing = standingOf(
      { ...school, policy: Policy.parse(policyWith(forms)) },
      pupil('x', 'KS4', ['10a']),
    );
    expect(standing.closedAlways).toContain('personal-sites');
  });
});

describe('a wider overlay', () => {
  const wide = overlay({
    id: 'two',
    direction: 'wider',
    categories: ['streaming', 'games'],
    entries: [{ entry: 'tiktok.com/@sign' }],
  });

  it('opens for the pupil it names, and for nobody else, known or not', () => {
    expect(verdict([wide], pupil('ada'), 'https://poki.com/')).toBe('open aloneOpen');
    expect(verdict([wide], pupil('ada'), 'https://www.tiktok.com/@sign/video/1')).toBe(
      'open allow overlay:two',
    );
    expect(verdict([wide], pupil('ada'), 'https://www.tiktok.com/')).toBe('closed closedAlways');
    for (const other of ['ben', undefined])
      expect(verdict([wide], pupil(other), 'https://poki.com/')).toBe('closed closedAlways');
  });

  it('gives way where a stricter one says otherwise, in either order', () => {
    const strict = overlay({
      scope: { groups: ['7a'] },
      categories: ['games'],
      access: { alone: 'approved' },
    });
    for (const both of [
      [wide, strict],
      [strict, wide],
    ]) {
      expect(verdict(both, pupil('ada'), 'https://poki.com/')).toBe('closed closedAlways');
      expect(verdict(both, pupil('ada'), 'https://www.theguardian.com/')).toBe('closed packaged');
    }
  });

  it('ends by itself, and the standing says when', () => {
    const ending = { ...wide, endsAt: '2026-11-21T10:30:00Z' };
    expect(verdict([ending], pupil('ada'), 'https://poki.com/')).toMatch(/^open/);
    expect(
      verdict([ending], { ...pupil('ada'), now: Date.parse('2026-11-21T10:30:00Z') }, 'https://poki.com/'),
    ).toMatch(/^closed/);
    const standing = standingOf({ ...school, policy: Policy.parse(policyWith(ending)) }, pupil('ada'));
    expect(standing.holdsUntil).toBe(Date.parse('2026-11-21T10:30:00Z'));
  });

  it('opens nothing at EYFS and KS1, where the web is closed', () => {
    const filtered = {
      ...wide,
      by: { role: 'principal', name: 'Head' },
      access: { alone: 'filtered' },
    } as const;
    for (const stage of ['EYFS', 'KS1'] as const) {
      const standing = standingOf(
        { ...school, policy: Policy.parse(policyWith(filtered)) },
        pupil('ada', stage, []),
      );
      expect(standing.access).toBe('closed');
      expect(standing.approved).toEqual([]);
    }
  });
});

describe('what may not stand in a policy', () => {
  it('an overlay without a reason, a name or a review date', () => {
    for (const field of ['reason', 'by', 'reviewBy', 'scope'] as const) {
      const { [field]: _, ...without } = overlay({ categories: ['games'] });
      expect(problems(without).length, field).toBeGreaterThan(0);
    }
  });

  it.each<[string, Partial<Overlay>, string]>([
    [
      'the illegal',
      { direction: 'wider', categories: ['illegal'] },
      '"illegal" is illegal, so nobody may open it',
    ],
    [
      'the sensitive without the network manager',
      { direction: 'wider', categories: ['hate'] },
      '"hate" is sensitive, so only the network manager may open it',
    ],
    [
      'the sensitive that nobody asked for',
      { direction: 'wider', categories: ['hate'], by: { role: 'network-manager', name: 'IT' } },
      '"hate" is sensitive: name the member of staff who asked for it in requestedBy',
    ],
    [
      'wider access by a teacher',
      { direction: 'wider', access: { alone: 'filtered' }, by: { role: 'teacher', name: 'T' } },
      'a teacher may not widen access',
    ],
    [
      'wider access at KS1',
      { direction: 'wider', access: { alone: 'approved' }, scope: { groups: ['2b'] } },
      'EYFS and KS1 stay closed: an adult opens their sites in a lesson',
    ],
    [
      'nobody',
      { scope: {}, categories: ['games'] },
      'it names no group and no pupil, so it would hold for nobody',
    ],
    [
      'a group that is not there',
      { scope: { groups: ['9z'] }, categories: ['games'] },
      'there is no group "9z"',
    ],
    ['nothing', {}, 'it changes nothing: name categories, entries or access'],
  ])('%s', (_, fields, message) => {
    expect(problems(overlay(fields)).join('\n')).toContain(message);
  });

  it('but the sensitive may, when the network manager opens it for somebody who asked', () => {
    const allowed = overlay({
      direction: 'wider',
      categories: ['drugs'],
      by: { role: 'network-manager', name: 'IT' },
      requestedBy: 'Head of PSHE',
    });
    expect(problems(allowed)).toEqual([]);
  });
});

describe('laws', () => {
  const category = fc.constantFrom(...categoryIds);
  const access = fc.constantFrom('closed', 'approved', 'filtered');
  const any = fc
    .record({
      direction: fc.constantFrom('stricter', 'wider'),
      categories: fc.uniqueArray(category, { maxLength: 5 }),
      access: fc.record({ alone: access, supervised: access }, { requiredKeys: [] }),
      pupils: fc.constantFrom(['ada'], ['ben'], ['ada', 'ben']),
    })
    .map(({ pupils, ...fields }) =>
      overlay({ ...fields, scope: { pupils: [...pupils] } } as Partial<Overlay>),
    );
  const order = ['closed', 'approved', 'filtered'];
  const nests = ({ closedAlways, closedAlone }: StageRules) =>
    closedAlways.every((id) => closedAlone.includes(id));

  it('nest, and do not depend on the order of the overlays', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 4 }), fc.constantFrom(...stages), (overlays, stage) => {
        const there = applyOverlays(presetOf(stage), { overlays }, pupil('ada', stage)).rules;
        const back = applyOverlays(
          presetOf(stage),
          { overlays: [...overlays].reverse() },
          pupil('ada', stage),
        ).rules;
        expect(nests(there)).toBe(true);
        expect([...there.closedAlways].sort()).toEqual([...back.closedAlways].sort());
        expect([there.alone, there.supervised]).toEqual([back.alone, back.supervised]);
      }),
    );
  });

  it('adding a stricter one never opens anything', () => {
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 3 }),
        any,
        fc.constantFrom(...stages),
        (overlays, one, stage) => {
          const strict: Overlay = { ...one, direction: 'stricter' };
          const before = applyOverlays(presetOf(stage), { overlays }, pupil('ada', stage)).rules;
          const after = applyOverlays(
            presetOf(stage),
            { overlays: [...overlays, strict] },
            pupil('ada', stage),
          ).rules;
          for (const which of ['closedAlways', 'closedAlone'] as const)
            for (const id of before[which]) expect(after[which]).toContain(id);
          for (const which of ['alone', 'supervised'] as const)
            expect(order.indexOf(after[which])).toBeLessThanOrEqual(order.indexOf(before[which]));
        },
      ),
    );
  });

  it('no overlay that a policy takes opens the illegal', () => {
    const illegal = categoryIds.filter((id) => categories[id].class === 'illegal');
    fc.assert(
      fc.property(any, (one) => {
        const read = Policy.safeParse(policyWith(one));
        fc.pre(read.success);
        const rules = applyOverlays(presetOf('KS3'), read.data ?? null, pupil('ada')).rules;
        for (const id of illegal) expect(rules.closedAlways).toContain(id);
      }),
      { numRuns: 60 },
    );
  });
});
