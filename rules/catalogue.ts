import { z } from 'zod';
import { CategoryId } from './categories.ts';
import { Envelope } from './document.ts';

/** The signed index of list ids to hashes; changes nightly without touching the policy (DESIGN §2). */
export const Catalogue = Envelope.extend({
  kind: z.literal('catalogue'),
  lists: z.array(
    z.object({
      category: CategoryId,
      /** Of the uncompressed text: one host a line, sorted, `\n` after each. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      hosts: z.int().nonnegative(),
      /** Compressed, as it travels. */
      bytes: z.int().nonnegative(),
    }),
  ),
});
export type Catalogue = z.infer<typeof Catalogue>;
