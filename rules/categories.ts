import { z } from 'zod';
import { categoryIds } from './category-table.ts';

export * from './category-table.ts';

/** A category's name as it is read from a document. */
export const CategoryId = z.enum(categoryIds);
export type CategoryId = z.infer<typeof CategoryId>;
