import { z } from 'zod';

/**
 * The named list families, each with the class that says who may lift it (DESIGN §6):
 * *illegal* nobody; *sensitive* the network manager on a named member of staff's request; *ordinary* a teacher
 * for a lesson. `because` names the duty in FIELD that asks for the category.
 */
export const categories = {
  illegal: { class: 'illegal', because: 'F4, F6' },
  adult: { class: 'sensitive', because: 'F1, F5' },
  'violence-hate': { class: 'sensitive', because: 'F5, F6' },
  drugs: { class: 'sensitive', because: 'UKSIC drugs and substance abuse' },
  gambling: { class: 'sensitive', because: 'UKSIC gambling' },
  proxies: { class: 'sensitive', because: 'B1, B2' },
  social: { class: 'ordinary', because: 'G1, F9' },
  chat: { class: 'ordinary', because: 'M1, M2' },
  games: { class: 'ordinary', because: 'G2, F3' },
  streaming: { class: 'ordinary', because: 'G3, F16' },
  webmail: { class: 'ordinary', because: 'M3' },
  'file-sharing': { class: 'ordinary', because: 'F8, F17' },
  'personal-sites': { class: 'ordinary', because: 'F9' },
} as const satisfies Record<string, { class: 'illegal' | 'sensitive' | 'ordinary'; because: string }>;

export type CategoryId = keyof typeof categories;
export const categoryIds = Object.keys(categories) as [CategoryId, ...CategoryId[]];
export const CategoryId = z.enum(categoryIds);
