import { z } from 'zod';
import { CategoryId } from '../../rules/categories.ts';
import { EntryLine } from '../../rules/policy.ts';
import { Access, Stage } from '../../rules/stages.ts';

/** What the console asks about classes, under `/console/api`. Names of children are shown on one class's page only. */

const Instant = z.iso.datetime();

/** GET /groups */
export const GroupLines = z.object({
  groups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      stage: Stage,
      /** From the policy, an import, or set by hand. */
      source: z.enum(['policy', 'import', 'hand']),
      pupils: z.int(),
      teachers: z.int(),
    }),
  ),
  /** The nightly file, if one is set, and what became of it last. */
  nightly: z
    .object({
      path: z.string(),
      checkedAt: Instant.nullable(),
      /** Counts of what changed, or why nothing did. */
      said: z.string().nullable(),
      waiting: z.string().nullable(),
    })
    .nullable(),
});
export type GroupLines = z.infer<typeof GroupLines>;

/** GET /groups/:id */
export const GroupPage = z.object({
  id: z.string(),
  name: z.string(),
  stage: Stage,
  source: z.enum(['policy', 'import', 'hand']),
  pupils: z.array(
    z.object({
      account: z.string(),
      name: z.string(),
      source: z.enum(['import', 'hand']),
      suspension: z
        .object({ id: z.string(), endsAt: Instant, reason: z.string(), by: z.string() })
        .nullable(),
      needs: z.array(
        z.object({
          id: z.string(),
          direction: z.enum(['stricter', 'wider']),
          says: z.string(),
          reason: z.string(),
          reviewer: z.string(),
          reviewBy: z.iso.date(),
        }),
      ),
    }),
  ),
  teachers: z.array(
    z.object({ email: z.string(), name: z.string().nullable(), source: z.enum(['import', 'hand']) }),
  ),
  /** Whether this person may see and set suspensions and needs. */
  mayCare: z.boolean(),
});
export type GroupPage = z.infer<typeof GroupPage>;

/** POST /groups/import: a class list as files; `apply: false` says what it would change and changes nothing. */
export const ImportClasses = z.object({
  format: z.enum(['csv', 'oneroster']),
  files: z
    .array(z.object({ name: z.string().max(200), base64: z.string() }))
    .min(1)
    .max(20),
  /** Which column holds what; the usual names are found by themselves. */
  columns: z
    .object({
      account: z.string(),
      name: z.string(),
      group: z.string(),
      stage: z.string(),
      teacher: z.string(),
    })
    .partial()
    .default({}),
  apply: z.boolean(),
});
export type ImportClasses = z.infer<typeof ImportClasses>;

const Named = z.object({ account: z.string(), name: z.string() });
export const ImportSaid = z.object({
  applied: z.boolean(),
  joiners: z.array(Named),
  leavers: z.array(Named),
  movers: z.array(Named.extend({ from: z.array(z.string()), to: z.array(z.string()) })),
  newGroups: z.array(z.object({ id: z.string(), name: z.string(), stage: Stage })),
  endedGroups: z.array(z.object({ id: z.string(), name: z.string() })),
  same: z.int(),
});
export type ImportSaid = z.infer<typeof ImportSaid>;
/** With 422 `not-a-class-list`: each wrong place of the file. */
export const ImportRefused = z.object({
  code: z.string(),
  message: z.string(),
  issues: z.array(
    z.object({ file: z.string(), line: z.int(), column: z.string().nullable(), problem: z.string() }),
  ),
});
export type ImportRefused = z.infer<typeof ImportRefused>;

/** POST /groups: one change by hand. */
export const ChangeGroup = z.discriminatedUnion('change', [
  z.object({ change: z.literal('make'), name: z.string().trim().min(1).max(60), stage: Stage }),
  z.object({ change: z.literal('end'), group: z.string() }),
  z.object({
    change: z.literal('add-pupil'),
    group: z.string(),
    account: z.string().trim().max(320),
    name: z.string().trim().min(1).max(120),
  }),
  z.object({ change: z.literal('remove-pupil'), group: z.string(), account: z.string() }),
  z.object({ change: z.literal('add-teacher'), group: z.string(), email: z.string().trim().max(320) }),
  z.object({ change: z.literal('remove-teacher'), group: z.string(), email: z.string() }),
]);
export type ChangeGroup = z.infer<typeof ChangeGroup>;

/** POST /pupils/suspensions and /pupils/suspensions/lift */
export const SuspendPupil = z.object({
  account: z.string().max(320),
  reason: z.string().trim().min(3).max(300),
  endsAt: Instant,
});
export const ById = z.object({ id: z.string().max(80) });

/** POST /pupils/needs and /pupils/needs/end (FIELD N1). The reason is a reference or what was agreed, no diagnosis. */
export const SetNeed = z.object({
  account: z.string().max(320),
  direction: z.enum(['stricter', 'wider']),
  categories: z.array(CategoryId).max(40).optional(),
  entries: z.array(EntryLine).max(100).optional(),
  access: z.object({ alone: Access.optional(), supervised: Access.optional() }).optional(),
  reason: z.string().trim().min(3).max(500),
  reviewer: z.string().trim().min(1).max(120),
  reviewBy: z.iso.date(),
});
export type SetNeed = z.infer<typeof SetNeed>;
