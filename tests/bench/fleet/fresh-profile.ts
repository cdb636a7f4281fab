import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { School } from '../../fixtures/school.ts';
import type { Site } from '../../fixtures/site.ts';
import { unpackFor } from '../../fixtures/unpacked.ts';
import { collectMarks, type Mark, type Marks, markCopy } from '../marks.ts';
import { launchRaw, type RawBrowser } from '../raw-browser.ts';
import { type CountedWay, countedWay } from './counted.ts';

/** A real Chromium on a profile that nobody has used, its own way to the endpoint, and what it says of itself. */
export type FreshProfile = {
  browser: RawBrowser;
  marks: Marks;
  way: CountedWay;
  extensionId: string;
  /** Worker running, policy in force, lists in force; each waited for, in milliseconds since 1970. */
  moments(withinMs?: number): Promise<{ began: Mark; policy: Mark; lists: Mark }>;
  close(): Promise<void>;
};

export async function openFreshProfile(school: School, site: Site, name: string): Promise<FreshProfile> {
  const [marks, way] = await Promise.all([collectMarks(), countedWay(school.url)]);
  const { extensionId, folder: unpacked } = await unpackFor(school, 'KS2', {
    group: name,
    settings: { endpoint: way.url },
  });
  await markCopy(unpacked, marks.url);
  const folder = await mkdtemp(join(tmpdir(), 'keystage-profile-'));
  const browser = await launchRaw({ folder, unpacked, resolverRules: site.resolverRules });
  return {
    browser,
    marks,
    way,
    extensionId,
    moments: async (withinMs = 60_000) => {
      const inForce = (fits: (mark: Mark) => boolean) => marks.next('in force', 0, fits, withinMs);
      const [began, policy, lists] = await Promise.all([
        marks.next('began', 0, undefined, withinMs),
        inForce(({ saying }) => saying.policy !== null),
        inForce(({ saying }) => saying.policy !== null && saying.lists === true),
      ]);
      return { began, policy, lists };
    },
    close: async () => {
      await browser.close();
      await Promise.all([marks.close(), way.close()]);
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}
