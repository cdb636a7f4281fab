import { z } from 'zod';
import { CategoryId } from './categories.ts';
import { Envelope } from './document.ts';
import { EntryLine } from './entry-line.ts';
import { Overlay, overlayIssues } from './overlay.ts';
import { EngineId } from './search-engines.ts';
import { Access, Stage, stages } from './stages.ts';
import { Timetable, timetableIssues } from './timetable.ts';

export { EntryLine, Overlay };

/** One of the school's own lists. Without stages and groups it is everybody's. */
export const SchoolList = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  title: z.string().min(1).max(120),
  says: z.enum(['open', 'closed', 'locked']),
  stages: z.array(Stage).optional(),
  groups: z.array(z.string()).optional(),
  entries: z.array(EntryLine).max(5_000),
});
export type SchoolList = z.infer<typeof SchoolList>;

/** The page, frame and resource hosts that together make one service work (DESIGN §2). */
export const Bundle = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  title: z.string().min(1).max(120),
  pages: z.array(EntryLine).min(1).max(200),
  frames: z.array(z.string()).max(200),
  /** What its pages load besides; for IT to read, since an open page's resources open by themselves (DESIGN §6). */
  resources: z.array(z.string()).max(200).optional(),
});
export type Bundle = z.infer<typeof Bundle>;

/** Access with and without an adult, and the categories shut in `filtered` (they nest: DESIGN §6). */
export const StageRules = z.object({
  alone: Access,
  supervised: Access,
  closedAlways: z.array(CategoryId),
  closedAlone: z.array(CategoryId),
});
export type StageRules = z.infer<typeof StageRules>;

export const Group = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(60),
  stage: Stage,
});

/** Who can help: a role first, a person only if the school says so (FIELD K1). */
export const Contact = z.object({
  role: z.enum(['teacher', 'coordinator', 'dsl', 'principal', 'network-manager', 'office']),
  title: z.string().min(1).max(80),
  name: z.string().max(80).optional(),
  phone: z.string().max(40).optional(),
  where: z.string().max(120).optional(),
});
export type Contact = z.infer<typeof Contact>;

/** A helpline of the school's own, beside the built-in ones, which no school can take away (DESIGN §6). */
export const HelpLine = z.object({
  title: z.string().min(1).max(80),
  phone: z.string().max(40).optional(),
  host: z.string().max(253).optional(),
});
export type HelpLine = z.infer<typeof HelpLine>;

/** One change of the policy and who stands for it (FIELD C1). The workflow comes later; the record is kept now. */
export const Change = z.object({
  at: z.iso.datetime(),
  by: z.string().min(1),
  what: z.string().min(1),
  why: z.string().min(1),
  risk: z.object({
    educational: z.object({ by: z.string().min(1), text: z.string().min(1) }),
    technical: z.object({ by: z.string().min(1), text: z.string().min(1) }),
  }),
  consent: z.object({ by: z.string().min(1), at: z.iso.datetime() }).optional(),
  reviewBy: z.iso.date(),
});
export type Change = z.infer<typeof Change>;

/** When somebody looks at reports, in the school's own time zone. Days: 1 is Monday. */
export const LookedAt = z.object({
  days: z.array(z.int().min(1).max(7)),
  from: z.string().regex(/^\d\d:\d\d$/),
  until: z.string().regex(/^\d\d:\d\d$/),
});

/** The filter of the broadband that stays on beneath ours, and who supplies the lists of illegal addresses there. */
export const Upstream = z.object({
  provider: z.string().min(1).max(120),
  /** Of a national scheme: `nationalLevels` in `rules/presets.ts` says what each leaves to us. */
  level: z.literal([1, 2, 3, 4, 5, 6]).optional(),
  illegalLists: z
    .object({ suppliedBy: z.string().min(1), confirmedBy: z.string().min(1), confirmedOn: z.iso.date() })
    .optional(),
});

const perStage = <T extends z.ZodType>(value: T) =>
  z.object(Object.fromEntries(stages.map((stage) => [stage, value])) as Record<Stage, T>);

/** The school's signed, versioned policy. */
export const Policy = Envelope.extend({
  kind: z.literal('policy'),
  schoolName: z.string().min(1).max(120),
  timeZone: z.string().min(1).refine(isTimeZone, 'not a time zone that this computer knows'),
  stages: perStage(StageRules),
  groups: z.array(Group),
  lists: z.array(SchoolList),
  bundles: z.array(Bundle),
  /** Bundles that stay open in a directed lesson: the school's own platform (FIELD M4). */
  platform: z.array(z.string()),
  /** Hosts that may appear as frames inside any approved page: maps, video player, sign-in (DESIGN §6). */
  embeds: z.array(z.object({ host: z.string(), reason: z.string().min(1) })),
  /** Exact hosts that must always open, each with its reason: single sign-on of the school's own. */
  essential: z.array(z.object({ host: z.string(), reason: z.string().min(1) })),
  contacts: z.array(Contact).min(1),
  help: z.array(HelpLine),
  /** The search engines of each stage; a stage that is not named has all that can be made safe (FIELD SE1). */
  search: z.partialRecord(Stage, z.array(EngineId)).optional(),
  /** What holds for one pupil or group beside the stage, stricter or wider (FIELD N1). */
  overlays: z.array(Overlay).max(500).optional(),
  /** With what the accounts in `overlays` are hashed; publication sets it (`rules/account-hash.ts`). */
  accountSalt: z.string().min(16).max(64).optional(),
  /** When a named adult is there without a tap (DESIGN §6). */
  timetable: Timetable.optional(),
  /** The longest lesson that an adult may start, in minutes; without it 120. */
  longestLesson: z.int().min(5).max(720).optional(),
  /** What the network closes before anything reaches us (FIELD F3, F4). */
  upstream: Upstream.optional(),
  /** The school's own words for why a category is closed; without them ours are used. */
  reasons: z.partialRecord(CategoryId, z.string().min(1).max(200)),
  reports: z.object({
    /** The role that a report goes to, as the child reads it. */
    to: z.enum(['coordinator', 'dsl', 'teacher']),
    lookedAt: LookedAt,
  }),
  /** What we keep about pupils, and for how long, in days (FIELD DP1; promise 11). */
  retention: z.object({ reports: z.int().positive(), requests: z.int().positive() }),
  history: z.array(Change).min(1),
}).superRefine((policy, context) => {
  for (const stage of stages) {
    const { closedAlways, closedAlone } = policy.stages[stage];
    for (const category of closedAlways) {
      if (!closedAlone.includes(category))
        context.addIssue({
          code: 'custom',
          path: ['stages', stage, 'closedAlone'],
          message: `"${category}" is closed with an adult, so it must also be closed without one`,
        });
    }
  }
  for (const { path, message } of [
    ...overlayIssues(policy),
    ...timetableIssues(policy.timetable, policy.groups),
  ])
    context.addIssue({ code: 'custom', path, message });
  policy.platform.forEach((id, index) => {
    if (!policy.bundles.some((bundle) => bundle.id === id))
      context.addIssue({ code: 'custom', path: ['platform', index], message: `there is no bundle "${id}"` });
  });
});
export type Policy = z.infer<typeof Policy>;

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
