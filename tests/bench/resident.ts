import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bench } from './figures.ts';
import { applying } from './resident/applying.ts';
import { inPlaceWithLists } from './resident/place.ts';
import { realLists } from './resident/real-lists.ts';
import { reindexing } from './resident/reindexing.ts';
import { whatIsOpen } from './resident/what-is-open.ts';
import { pageLoad } from './speed/page-load.ts';

const folder = fileURLToPath(new URL('../../../shared/data/lists/', import.meta.url));

/** Chromium with 700,000 real names: applying them, and what they cost once they are there. */
export const run: Bench = async ({ times, say }) => {
  if (!existsSync(folder)) {
    say(`SKIPPED: the real lists are not here (${folder})`);
    return [];
  }
  const lists = await realLists(folder);
  const applied = await applying(lists, times ?? 7, say);
  const resident = await inPlaceWithLists(folder, lists, say, async (place) => [
    ...(await whatIsOpen(place, times ?? 20)),
    ...(await pageLoad(place, times ?? 100)).map((figure) => ({
      ...figure,
      name: `${figure.name}, lists resident`,
    })),
    ...(await reindexing(place, times ?? 20)),
  ]);
  return [...applied, ...resident];
};
