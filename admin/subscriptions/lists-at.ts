import { basename, dirname, join } from 'node:path';
import { CategoryId } from '../../rules/categories.ts';
import { categoryOfUt1 } from '../../rules/lists/ut1.ts';
import type { Asked, Offered } from './offered.ts';
import { allowList, isForAllowing, isUt1Category, ut1Tree } from './read-ut1.ts';

type One = Asked & { id: string; category: CategoryId };

/** What lies at a path: one list, or the categories of a UT1 tree that are wanted. */
export async function listsAt(
  asked: Asked,
  named = asked.path,
): Promise<(One | Extract<Offered, { ok: false }>)[]> {
  const { path, category } = asked;
  const tree = await ut1Tree(path).catch(() => null);
  if (!tree || tree.categories.length === 0 || isUt1Category(path)) {
    const id = asked.id ?? idOf(named, category);
    if (!category)
      return [{ ok: false, id, category: '', code: 'no-category', message: 'say --category <id>' }];
    return [{ ...asked, id, category }];
  }
  const allowing = new Set<string>();
  for (const name of tree.categories) if (await isForAllowing(join(path, name))) allowing.add(name);
  return tree.categories.flatMap((name): (One | Extract<Offered, { ok: false }>)[] => {
    const meant = categoryOfUt1(name, CategoryId.options) as CategoryId | null;
    if (category && meant !== category) return [];
    const id = `ut1-${name.replaceAll('_', '-')}`;
    if (allowing.has(name)) return [{ ok: false, id, category: '', ...allowList(name) }];
    if (meant === null)
      return [{ ok: false, id, category: '', code: 'no-category', message: 'means none of our categories' }];
    return [{ ...asked, path: join(path, name), id, category: meant }];
  });
}

/** A name that a person can type: the category, and the file if it says more. */
export function idOf(path: string, category: string | undefined): string {
  const own = basename(path).replace(/\.(txt|gz|tgz|tar|hosts|list|conf)/g, '');
  const said = /^(domains|urls|hosts|list)$/.test(own) ? basename(dirname(path)) : own;
  const slug = said
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return !category || slug === category ? slug || 'list' : `${category}-${slug}`.replace(/-$/, '');
}
