import { z } from 'zod';
import { CategoryId } from '../../rules/categories.ts';

/** What the console asks about the lists that the school takes from elsewhere. */

const Version = z.object({
  /** Names it: what somebody decides on is what they saw. */
  sha256: z.string(),
  hosts: z.int(),
  paths: z.int(),
  at: z.iso.datetime(),
  /** Lines that came and went against the version that was live. */
  added: z.int(),
  removed: z.int(),
});

export const ListLine = z.object({
  id: z.string(),
  category: CategoryId,
  /** Null for one that is imported by hand. */
  url: z.string().nullable(),
  everyHours: z.int(),
  /** The share of its lines by which a version may differ without a person. */
  mayDiffer: z.number(),
  checkedAt: z.iso.datetime().nullable(),
  /** What went wrong at the last look: a code and a sentence. */
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  live: Version.nullable(),
  waiting: Version.nullable(),
  /** Left out because the school needs the site; `closed` again by somebody. */
  exceptions: z.array(
    z.object({ host: z.string(), site: z.string(), from: z.string(), by: z.string(), closed: z.boolean() }),
  ),
});
export type ListLine = z.infer<typeof ListLine>;

/** GET /console/api/lists */
export const ListsSaid = z.object({ upstream: z.string().nullable(), lists: z.array(ListLine) });
export type ListsSaid = z.infer<typeof ListsSaid>;

/** GET /console/api/lists/:id/waiting: what the waiting version would newly close of the sites that the school needs. */
export const WaitingSaid = z.object({
  clashes: z.array(z.object({ host: z.string(), site: z.string(), from: z.string(), excepted: z.boolean() })),
});
export type WaitingSaid = z.infer<typeof WaitingSaid>;

/** POST /console/api/lists/:id/settle: the waiting version goes live, or the old one stays. */
export const Settle = z.object({ sha256: z.string(), accept: z.boolean() });
export type Settle = z.infer<typeof Settle>;

/** POST /console/api/lists/:id/except: leaves a name out of the list, or closes it again. */
export const Except = z.object({ host: z.string().max(600), closed: z.boolean() });
export type Except = z.infer<typeof Except>;
