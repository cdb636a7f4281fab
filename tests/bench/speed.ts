import type { Bench } from './figures.ts';
import { blockPage } from './speed/block-page.ts';
import { clickToThanks } from './speed/click.ts';
import { coldStart } from './speed/cold-start.ts';
import { pageLoad } from './speed/page-load.ts';
import { inPlace } from './speed/place.ts';

/** What a child waits for. */
export const run: Bench = ({ times, say }) =>
  inPlace(say, async (place) => [
    ...(await clickToThanks(place, times ?? 60)),
    ...(await blockPage(place, times ?? 60)),
    ...(await pageLoad(place, times ?? 200)),
    ...(await coldStart(place, times ?? 30)),
  ]);
