import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bench, Figure } from './figures.ts';
import { applying } from './resident/applying.ts';
import { inPlaceWithLists } from './resident/place.ts';
import { realLists } from './resident/real-lists.ts';
import { reindexing } from './resident/reindexing.ts';
import { whatIsOpen } from './resident/what-is-open.ts';
import { asPupilsHaveIt, pageLoad } from './speed/page-load.ts';
import type { Place } from './speed/place.ts';

const folder = fileURLToPath(new URL('../../../shared/data/lists/', import.meta.url));

async function withNobodyAttached(place: Place, times: number | undefined): Promise<Figure[]> {
  const browser = await asPupilsHaveIt(place);
  try {
    const loads = await pageLoad(browser, place, times ?? 100);
    return [
      ...loads.map((figure) => ({ ...figure, name: `${figure.name}, lists resident` })),
      ...(await reindexing(browser, place, times ?? 20)),
    ];
  } finally {
    await browser.close();
  }
}

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
    ...(await withNobodyAttached(place, times)),
  ]);
  return [...applied, ...resident];
};
