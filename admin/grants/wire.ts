import { z } from 'zod';

/** Where the school's network filter still closes what a grant opened, by a seat's word. */
export const NetworkClosedHere = z.object({ at: z.iso.datetime(), host: z.string() });
export type NetworkClosedHere = z.infer<typeof NetworkClosedHere>;
