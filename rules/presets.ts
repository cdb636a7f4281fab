import { type CategoryId, categoryIds } from './categories.ts';
import type { StageRules } from './policy.ts';
import { type Access, type Stage, stages } from './stages.ts';

/** How far a stage's web opens, alone and with an adult, and the duties that say so. */
type AccessLine = { alone: Access; supervised: Access; says: string; because: readonly string[] };

/** What each stage begins with (DESIGN §6). `because` names rows of FIELD section A. */
export const presetAccess: Record<Stage, AccessLine> = {
  EYFS: {
    alone: 'closed',
    supervised: 'closed',
    says: 'The web is closed. In a lesson that an adult starts, the sites of that lesson open.',
    because: ['A1', 'A3', 'A4', 'A6'],
  },
  KS1: {
    alone: 'closed',
    supervised: 'closed',
    says: 'The web is closed. In a lesson that an adult starts, the sites of that lesson open.',
    because: ['A1', 'A3', 'A4'],
  },
  KS2: {
    alone: 'approved',
    supervised: 'filtered',
    says: 'The sites that the school has approved. With an adult, the web without what is closed below.',
    because: ['A2', 'A5', 'A7', 'T1'],
  },
  KS3: {
    alone: 'filtered',
    supervised: 'filtered',
    says: 'The web without what is closed below; with an adult, a little less is closed.',
    because: ['A2', 'A8', 'F2'],
  },
  KS4: {
    alone: 'filtered',
    supervised: 'filtered',
    says: 'The web without what is closed below; with an adult, a little less is closed.',
    because: ['A8', 'F2'],
  },
  staff: {
    alone: 'filtered',
    supervised: 'filtered',
    says: 'The web without what is closed to everybody.',
    because: ['F5', 'F11', 'F12'],
  },
  visitor: {
    alone: 'filtered',
    supervised: 'filtered',
    says: 'The web without what is closed to everybody, and without what serves no work in a school.',
    because: ['F5', 'F11', 'P3'],
  },
};

/** One line of the presets: these categories are closed at these stages, for this reason. */
type ClosingLine = {
  stages: readonly Stage[];
  categories: readonly CategoryId[];
  /** `always`: with and without an adult. `alone`: until an adult is there. */
  closed: 'always' | 'alone';
  says: string;
  because: readonly string[];
};

const early = ['EYFS', 'KS1'] as const;
const pupils = ['EYFS', 'KS1', 'KS2', 'KS3', 'KS4'] as const;
const upToKs3 = ['EYFS', 'KS1', 'KS2', 'KS3'] as const;
const upToKs2 = ['EYFS', 'KS1', 'KS2'] as const;

/** What each stage closes. A stage and a category stand together in one line at most; in none, they are open. */
export const presetClosings: readonly ClosingLine[] = [
  {
    stages,
    categories: ['illegal', 'extremism', 'adult', 'violence', 'hate', 'weapons', 'gambling'],
    closed: 'always',
    says: 'prohibited for everybody',
    because: ['F4', 'F5', 'F6', 'F10', 'F11'],
  },
  {
    stages,
    categories: ['self-harm', 'drugs', 'malware', 'piracy', 'dating', 'proxies'],
    closed: 'always',
    says: 'dangerous, unlawful or unsuitable for everybody',
    because: ['F1', 'F7', 'F17', 'B1', 'F11'],
  },
  {
    stages: pupils,
    categories: ['unsafe-search'],
    closed: 'always',
    says: 'pupils search with the engines that the school names',
    because: ['SE1', 'SE2'],
  },
  {
    stages: pupils,
    categories: ['ai-chat'],
    closed: 'always',
    says: 'until the school has assessed the risks',
    because: ['T5'],
  },
  {
    stages: pupils,
    categories: ['social', 'chat', 'forums'],
    closed: 'always',
    says: 'unless a teacher opens it as a learning activity',
    because: ['G1', 'M1', 'M2', 'T6'],
  },
  {
    stages: [...pupils, 'visitor'],
    categories: ['games', 'file-sharing', 'downloads'],
    closed: 'always',
    says: 'unless approved beforehand',
    because: ['G2', 'F3', 'F8', 'D1', 'D2'],
  },
  {
    stages: upToKs3,
    categories: ['webmail'],
    closed: 'always',
    says: 'the school’s own e-mail only',
    because: ['M3', 'M4'],
  },
  {
    stages: ['KS4'],
    categories: ['webmail'],
    closed: 'alone',
    says: 'the school’s own e-mail, unless an adult is there',
    because: ['M3', 'F2'],
  },
  {
    stages: upToKs2,
    categories: ['streaming'],
    closed: 'always',
    says: 'unless a teacher has seen it first',
    because: ['G3', 'T2', 'F16'],
  },
  {
    stages: ['KS3', 'KS4'],
    categories: ['streaming'],
    closed: 'alone',
    says: 'unless an adult is there',
    because: ['G3', 'T2', 'F2'],
  },
  {
    stages: early,
    categories: ['personal-sites', 'misinformation'],
    closed: 'always',
    says: 'only the sites of a lesson',
    because: ['A1', 'A3'],
  },
  {
    stages: ['KS2', 'KS3'],
    categories: ['personal-sites'],
    closed: 'alone',
    says: 'until an adult has looked',
    because: ['F9', 'A2', 'F2'],
  },
  {
    stages: ['KS2'],
    categories: ['misinformation'],
    closed: 'always',
    says: 'until a lesson is about it',
    because: ['F1', 'F2'],
  },
  {
    stages: ['KS3', 'KS4'],
    categories: ['misinformation'],
    closed: 'alone',
    says: 'with a teacher, as a subject',
    because: ['F2', 'A8'],
  },
];

/** The line that closes a category at a stage, or null where it is open. */
export const presetLineOf = (stage: Stage, category: CategoryId): ClosingLine | null =>
  presetClosings.find((line) => line.stages.includes(stage) && line.categories.includes(category)) ?? null;

/** The rules that a stage begins with; a school changes what it likes. */
export function presetOf(stage: Stage): StageRules {
  const { alone, supervised } = presetAccess[stage];
  const closed = categoryIds.filter((id) => presetLineOf(stage, id));
  return {
    alone,
    supervised,
    closedAlways: closed.filter((id) => presetLineOf(stage, id)?.closed === 'always'),
    closedAlone: closed,
  };
}

/**
 * The six levels that Ireland's Schools Broadband Programme offers, and what each leaves for us to close (FIELD F3).
 * The broadband's own filter stays on beneath ours; the school records its level in the policy (`upstream`).
 * Source: pdsttechnologyineducation.ie, "Content Filtering for Schools".
 */
export const nationalLevels = {
  scheme: 'Schools Broadband Programme (Ireland)',
  because: ['F3'],
  /** Closed at every level: "pornography, violence etc." */
  atEveryLevel: ['illegal', 'adult', 'violence'],
  levels: [
    { level: 1, says: 'only a list of educational sites', closes: null },
    {
      level: 2,
      says: 'millions of sites, without games, video sites, personal sites and social networks',
      closes: ['games', 'streaming', 'personal-sites', 'social'],
    },
    {
      level: 3,
      says: 'as level 2, with games; without video sites, personal sites and social networks',
      closes: ['streaming', 'personal-sites', 'social'],
    },
    {
      level: 4,
      says: 'as level 3, with video sites; without personal sites and social networks',
      closes: ['personal-sites', 'social'],
    },
    {
      level: 5,
      says: 'as level 4, with personal sites and blogs; without social networks',
      closes: ['social'],
    },
    { level: 6, says: 'as level 5, with social networks', closes: [] },
  ],
} as const satisfies {
  scheme: string;
  because: readonly string[];
  atEveryLevel: readonly CategoryId[];
  levels: readonly { level: number; says: string; closes: readonly CategoryId[] | null }[];
};

export type NationalLevel = (typeof nationalLevels.levels)[number]['level'];

/** What a stage closes beyond the level of the broadband: the school is stricter than the level (FIELD F3). */
export function addedTo(level: NationalLevel, rules: StageRules): CategoryId[] {
  const { closes } = nationalLevels.levels.find((one) => one.level === level) ?? { closes: [] };
  // Level 1 opens a list of sites and nothing else, so that no category is left for us.
  if (closes === null) return [];
  const already: readonly CategoryId[] = [...nationalLevels.atEveryLevel, ...closes];
  return rules.closedAlone.filter((id) => !already.includes(id));
}
