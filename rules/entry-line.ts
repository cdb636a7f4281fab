import { z } from 'zod';

/** One line of a list, in the syntax of Google Admin's URL blocklist; `rules/entry.ts` says what it means. */
export const EntryLine = z.object({
  entry: z.string().min(1).max(2_048),
  title: z.string().max(120).optional(),
  reason: z.string().max(300).optional(),
  approvedBy: z.string().max(120).optional(),
  previewedAt: z.iso.date().optional(),
  endsAt: z.iso.datetime().optional(),
  /** `any`: every frame may load inside this page, for the reason given. */
  embeds: z.object({ any: z.literal(true), reason: z.string().min(3) }).optional(),
});
export type EntryLine = z.infer<typeof EntryLine>;
