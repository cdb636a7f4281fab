import type { Bench } from './figures.ts';
import { blockPage } from './speed/block-page.ts';
import { clickToThanks } from './speed/click.ts';
import { coldStart } from './speed/cold-start.ts';
import { asPupilsHaveIt, pageLoad } from './speed/page-load.ts';
import { inPlace, type Place } from './speed/place.ts';

/** A site on this computer, and one as far away as a good one is from a school. */
const AWAY_MS = [0, 20];

async function loads(place: Place, times: number) {
  const browser = await asPupilsHaveIt(place);
  try {
    return await pageLoad(browser, place, times, { awayMs: AWAY_MS });
  } finally {
    await browser.close();
  }
}

/** What a child waits for. */
export const run: Bench = ({ times, say }) =>
  inPlace(say, async (place) => [
    ...(await clickToThanks(place, times ?? 60)),
    ...(await blockPage(place, times ?? 60)),
    ...(await loads(place, times ?? 200)),
    ...(await coldStart(place, times ?? 30)),
  ]);
