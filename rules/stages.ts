import { z } from 'zod';
import { stages } from './stage-names.ts';

export * from './stage-names.ts';

/** A stage as it is read from a document. */
export const Stage = z.enum(stages);
export type Stage = z.infer<typeof Stage>;

/** How far a stage's web is open: nothing, only what is named, or all but what is named (DESIGN §6). */
export const Access = z.enum(['closed', 'approved', 'filtered']);
export type Access = z.infer<typeof Access>;
