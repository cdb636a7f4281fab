import { browser } from 'wxt/browser';
import { ClosedPage } from '../../components/blocked/ClosedPage.tsx';
import type { Asked, Coded, Why } from '../../components/blocked/why.ts';
import { parseAddress } from '../../rules/address.ts';
import { blockPageOf } from '../../rules/block-page-of.ts';
import { readingLevel } from '../../rules/stage-names.ts';
import { isCover, readClosedAddress } from '../../utils/block-page.ts';
import { helpersIn, helplinesFor } from '../page/people.ts';
import { readAloud } from '../page/read-aloud.ts';
import type { Remembered } from '../page/remembered.ts';
import { show, words } from '../page/show.tsx';

/** What the rule wrote into this page's address. */
export const closed = readClosedAddress(location.href, blockPageOf(browser.runtime.id)) ?? {
  tier: 'packaged' as const,
  category: null,
  address: '',
};
export const address = parseAddress(closed.address);

/** One step back from a cover is the page that it covers: closed, as this one says. */
const WAY_BACK = isCover(location.href) ? 2 : 1;

/** What the page says of the verdict; `now` in milliseconds, in device time where that is known already. */
type Said = {
  why: Why;
  canAsk: boolean;
  asked?: Asked | undefined;
  coded?: Coded | undefined;
  /** A lesson's pages are open now, and the start page shows them. */
  hasTiles?: boolean;
  now: number;
};

/** What acts is heavy and comes after the words; who presses sooner than it is there waits for it. */
const holding = () => import('./holding.ts');

/** Everything that the page shows, from whatever is known by now. */
export function put(
  known: Pick<Remembered, 'stage' | 'school'>,
  { why, canAsk, asked, coded, hasTiles, now }: Said,
): void {
  show(
    words('title_closed'),
    <ClosedPage
      level={readingLevel(known.stage)}
      why={why}
      {...(address ? { host: address.host } : {})}
      {...(why.code === 'guard-translator' && why.carried ? { carried: hostIn(why.carried) } : {})}
      helpers={helpersIn(known.school)}
      helplines={helplinesFor(known.school, known.stage)}
      canAsk={canAsk}
      asked={asked}
      canGoBack={history.length > WAY_BACK}
      now={now}
      timeZone={known.school?.timeZone}
      onBack={() => history.go(-WAY_BACK)}
      onAsk={(why) => void holding().then(({ ask }) => ask(why))}
      onTiles={hasTiles ? () => location.assign('start.html') : undefined}
      onReport={address ? () => void holding().then(({ report }) => report()) : undefined}
      onNotice={() => location.assign('notice.html')}
      onCode={(code) => void holding().then(({ join }) => join(code))}
      coded={coded}
      readAloud={readAloud}
    />,
  );
}

const hostIn = (text: string): string => parseAddress(text)?.host ?? '';
