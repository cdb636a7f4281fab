import { type CategoryId, categoryIds } from '../rules/category-table.ts';
import { type TierName, tierNames } from '../rules/tiers.ts';

/** What a rule wrote into the block page's address: hostile text until it is read (DESIGN §7). */
export type ClosedAddress = { tier: TierName; category: CategoryId | null; address: string };

/** Reads a block page's address, or null if this is none of ours. */
export function readClosedAddress(pageUrl: string, blockPage: string): ClosedAddress | null {
  if (!pageUrl.startsWith(`${blockPage}?`) && !pageUrl.startsWith(`${blockPage}#`)) return null;
  const hash = pageUrl.indexOf('#');
  const address = hash < 0 ? '' : pageUrl.slice(hash + 1);
  const query = new URLSearchParams(new URL(pageUrl).search);
  const tier = tierNames.find((name) => name === query.get('tier')) ?? 'packaged';
  const category = categoryIds.find((id) => id === query.get('category')) ?? null;
  return { tier, category, address };
}

/** Of a block page that stands where a page was: going back brings that one back as it was left (decision 011). */
export const asCover = (closedPage: string): string => closedPage.replace('#', '&cover=1#');
export const isCover = (pageUrl: string): boolean => new URL(pageUrl).searchParams.has('cover');

/** The block page for an address that the worker itself closes. */
export const closedAddress = (
  blockPage: string,
  tier: TierName,
  address: string,
  category?: string,
): string => `${blockPage}?tier=${tier}${category ? `&category=${category}` : ''}#${address}`;
