import type { ClosedPageProps } from '../../../components/blocked/ClosedPage.tsx';
import { mayAsk, tilesHelp } from '../../../components/blocked/may-ask.ts';
import { whyFrom } from '../../../components/blocked/why.ts';
import { helplinesOf } from '../../../components/help/helplines.ts';
import { parseAddress } from '../../../rules/address.ts';
import { readingLevel } from '../../../rules/stages.ts';
import type { Verdict } from '../../../rules/verdict.ts';
import type { TestChoices, Tested } from '../../console-wire.ts';

/** The block page that a child would meet for this verdict, by the block page's own rules; nothing on it acts. */
export function closedPageOf(
  verdict: Verdict & { open: false },
  { at, stage, address, supervised, hasTiles }: Tested,
  { reasons, contacts, help, timeZone }: TestChoices,
): ClosedPageProps {
  const why = whyFrom(verdict.reason, reasons);
  const carried = 'carried' in why && why.carried ? parseAddress(why.carried)?.host : undefined;
  return {
    level: readingLevel(stage),
    why,
    host: address.host,
    ...(carried ? { carried } : {}),
    helpers: contacts,
    helplines: helplinesOf(help, stage),
    canAsk: mayAsk(why, verdict.tier, { stage, isLed: supervised }),
    canGoBack: true,
    now: Date.parse(at),
    timeZone,
    onBack: nothing,
    onAsk: nothing,
    onCode: nothing,
    onTiles: supervised && hasTiles && tilesHelp(why) ? nothing : undefined,
    onReport: nothing,
    onNotice: nothing,
  };
}

const nothing = () => {};
