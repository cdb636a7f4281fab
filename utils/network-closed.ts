import { type Address, isWithin, parseAddress } from '../rules/address.ts';
import { matches } from '../rules/entry.ts';
import type { Named } from '../rules/read-lines.ts';
import type { Settings } from '../rules/settings.ts';
import type { NetworkClosed } from '../rules/wire.ts';
import { readClosedAddress } from './block-page.ts';
import type { Endpoint } from './endpoint.ts';
import type { Holding, Holds } from './holding.ts';
import type { InView } from './in-view.ts';
import type { Seats } from './seats.ts';

/** A class that tries again all lesson is one piece of news. */
const AGAIN_AFTER_MS = 3_600_000;
const GRANT = 'grant:';

/**
 * How Chrome says that a network let nothing through: no name, no connection, or somebody else's certificate. Not here:
 * our own rules, Chrome's policies, a cable that is out, a pupil who went elsewhere meanwhile.
 */
const networksWay =
  /^net::ERR_(NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|DNS_|CONNECTION_(RESET|REFUSED|CLOSED|TIMED_OUT|FAILED)|TIMED_OUT|EMPTY_RESPONSE|ADDRESS_UNREACHABLE|SSL_|CERT_)/;

type Navigation = { tabId: number; frameId: number; url: string; error?: string };

type Parts = {
  holding: Holding;
  inView: InView;
  blockPage: string;
  settings: () => Promise<Settings | null>;
  endpointOf: (settings: Settings) => Endpoint;
  seats: Pick<Seats, 'keptOrNew'>;
  /** Chrome forgets it when the browser is closed. */
  told: { get(grant: string): Promise<number | undefined>; set(grant: string, at: number): Promise<unknown> };
  /** Device time in milliseconds. */
  now: () => number;
  /** False: no network at all, which is nobody's filter. */
  isOnline: () => boolean;
};

/**
 * Notices where the school's network filter still closes what a grant has opened, and says so to the endpoint, once for
 * each grant and hour: the grant and the host, never the address (FIELD U1). Whether the site itself is down nobody can
 * tell from here; that the endpoint is reached says that it is not the Chromebook's own connection.
 */
export function createNetworkClosed(parts: Parts) {
  const { holding, inView, blockPage, told, now } = parts;
  /** Where each tab is going, until it is there: a filter's page comes by a redirect on the way. */
  const goingTo = new Map<number, string>();
  const telling = new Set<string>();

  async function tell(known: NetworkClosed): Promise<void> {
    const at = await told.get(known.grant);
    if ((at !== undefined && now() - at < AGAIN_AFTER_MS) || telling.has(known.grant)) return;
    telling.add(known.grant);
    try {
      const settings = await parts.settings();
      if (!settings) return;
      const endpoint = parts.endpointOf(settings);
      const seat = await parts.seats.keptOrNew(settings, endpoint);
      if (!seat.ok) return;
      const answer = await endpoint.call('/v1/network-closed', { method: 'POST', seat, json: known });
      // Nobody reached: it may be the line of the whole school. The next failure asks again.
      if (answer.ok || answer.code === 'refused') await told.set(known.grant, now());
    } finally {
      telling.delete(known.grant);
    }
  }

  const tellAll = async (grants: readonly Named[], host: string): Promise<void> => {
    if (!parts.isOnline()) return;
    for (const { from } of grants) await tell({ grant: from.slice(GRANT.length), host });
  };

  /** The grants that open this address, if Keystage lets it through at all. */
  async function openedBy(holds: Holds, address: Address): Promise<Named[]> {
    const grants = grantsFor(holds, address);
    return grants.length > 0 && !(await inView.closing(holds, address.href)) ? grants : [];
  }

  return {
    /** A page is asked for. */
    began({ tabId, frameId, url }: Navigation): void {
      if (frameId === 0) goingTo.set(tabId, url);
    },
    /** Chrome's own error page stands there. */
    async failed({ tabId, frameId, url, error = '' }: Navigation): Promise<void> {
      if (frameId !== 0) return;
      goingTo.delete(tabId);
      const address = networksWay.test(error) ? parseAddress(url) : null;
      if (!address) return;
      await tellAll(await openedBy(await holding.now(), address), address.host);
    },
    /** Something is there: the page itself, or one that a redirect led to, which Keystage may have closed in its turn. */
    async arrived({ tabId, frameId, url }: Navigation): Promise<void> {
      if (frameId !== 0) return;
      const asked = parseAddress(goingTo.get(tabId) ?? '');
      goingTo.delete(tabId);
      const closedHere = readClosedAddress(url, blockPage);
      const there = parseAddress(closedHere?.address ?? url);
      if (!asked || !there || asked.host === there.host) return;
      const grants = await openedBy(await holding.now(), asked);
      if (grants.every(({ entry }) => isFiltersPage(asked, there, entry.host, closedHere !== null)))
        await tellAll(grants, asked.host);
    },
    tabClosed: (tabId: number): void => void goingTo.delete(tabId),
  };
}

const grantsFor = ({ standing }: Holds, address: Address): Named[] =>
  standing.granted.filter(({ from, entry }) => from.startsWith(GRANT) && matches(entry, address));

/**
 * Whether a redirect looks like a filter's page and not like a site that sends its visitors on: it lies inside the
 * school, or Keystage closes it and it carries the name of what was asked for. A sign-in carries it too, and is open.
 */
function isFiltersPage(asked: Address, there: Address, site: string, isClosedHere: boolean): boolean {
  if (isWithin(there.host, site) || isWithin(site, there.host)) return false;
  const isInside =
    there.isIp || !there.host.includes('.') || /\.(lan|local|internal|home\.arpa)$/.test(there.host);
  return isInside || (isClosedHere && readable(there.href).includes(asked.host));
}

function readable(href: string): string {
  try {
    return decodeURIComponent(href).toLowerCase();
  } catch {
    return href.toLowerCase();
  }
}
