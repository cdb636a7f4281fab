import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CategoryId } from '../../../rules/categories.ts';
import type { Documents } from '../../../rules/documents.ts';
import { Policy } from '../../../rules/policy.ts';

const file = resolve(import.meta.dirname, '../../../admin/examples/all-through.json');

/** The all-through example, with lists that the test knows by heart. */
export const exampleSchool = (
  lists: Partial<Record<CategoryId, string[]>> = {},
): Documents & { policy: Policy } => ({
  policy: Policy.parse(JSON.parse(readFileSync(file, 'utf8'))),
  orders: null,
  lists: new Map(Object.entries(lists).map(([id, hosts]) => [id as CategoryId, new Set(hosts)])),
  listsInForce: true,
});
