import type { Chrome } from './chrome.ts';
import type { Evidence } from './evidence.ts';

/**
 * A site's own service worker answers for its pages without asking Chrome's rules (CHROME-FACTS 4). Without its
 * registration the rules see every page again. A frame of another site keeps its worker in a place that belongs to the
 * page around it, and Chrome finds that by the page's address only: so both are named.
 */
export function createSiteWorkers(browser: Pick<Chrome, 'browsingData'>, evidence: Pick<Evidence, 'isKept'>) {
  return {
    /**
     * Removes the registrations of these addresses' sites, with the copies of pages that they serve. False, and nothing
     * removed, if none is a web address, if Chrome refuses, or if one was reported: what its pages left on the device
     * may be evidence.
     */
    async remove(...addresses: string[]): Promise<boolean> {
      const origins = [...new Set(addresses.flatMap(webOrigin))];
      if (origins.length === 0 || (await evidence.isKept(origins))) return false;
      // An installed app's site is "protected"; its worker answers like any other.
      return browser.browsingData
        .remove(
          {
            origins: origins as [string, ...string[]],
            originTypes: { unprotectedWeb: true, protectedWeb: true },
          },
          { serviceWorkers: true, cacheStorage: true },
        )
        .then(
          () => true,
          () => false,
        );
    },
  };
}

export type SiteWorkers = ReturnType<typeof createSiteWorkers>;

/** The origin of a web address; of anything else none. */
export const webOrigin = (text: string): string[] =>
  /^https?:/i.test(text) && URL.canParse(text) ? [new URL(text).origin] : [];
