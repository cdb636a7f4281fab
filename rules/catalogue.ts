import { z } from 'zod';
import { CategoryId } from './categories.ts';
import { Envelope } from './document.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const List = z.object({
  category: CategoryId,
  /** Of the uncompressed text: one host a line, sorted, `\n` after each. */
  sha256: Sha256,
  hosts: z.int().nonnegative(),
  /** Compressed, as it travels. */
  bytes: z.int().nonnegative(),
  /** The hashes of its parts' plain text, in order (`rules/lists/parts.ts`); without them it travels whole. */
  parts: z.array(Sha256).optional(),
  /** What the list says of less than a host: a list of `host/path` beside it (`rules/lists/paths.ts`). */
  paths: z
    .object({
      sha256: Sha256,
      entries: z.int().nonnegative(),
      bytes: z.int().nonnegative(),
      parts: z.array(Sha256).optional(),
    })
    .optional(),
});

const isKnown = ({ category }: { category: string }): boolean => CategoryId.safeParse(category).success;

/** The signed index of list ids to hashes; changes nightly without touching the policy (DESIGN §2). */
export const Catalogue = Envelope.extend({
  kind: z.literal('catalogue'),
  /** A list of a category that this version does not know yet is overlooked: it strands no older extension. */
  lists: z
    .array(z.looseObject({ category: z.string() }))
    .transform((lists) => lists.filter(isKnown))
    .pipe(z.array(List)),
  /** Licensed lists of illegal addresses, hashed (`rules/lists/hashed.ts`): for every stage, switched off by nobody. */
  hashed: z
    .array(
      z.object({
        category: z.literal('illegal'),
        sha256: Sha256,
        entries: z.int().nonnegative(),
        bytes: z.int().nonnegative(),
      }),
    )
    .optional(),
});
export type Catalogue = z.infer<typeof Catalogue>;
