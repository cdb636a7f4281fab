import { waitInForce } from '../../fixtures/inForce.ts';
import { openProfile, type Profile } from '../../fixtures/profile.ts';
import { openSchool, type School } from '../../fixtures/school.ts';
import { openSite, type Site } from '../../fixtures/site.ts';
import { unpackFor } from '../../fixtures/unpacked.ts';

/** Where speed is measured: a school, a site, and a KS2 seat whose policy is in force. */
export type Place = {
  school: School;
  site: Site;
  seat: Profile;
  /** Folder of the seat’s extension. */
  unpacked: string;
  say: (line: string) => void;
};

/** Opens it, hands it over, and closes it whatever happens. */
export async function inPlace<T>(say: Place['say'], work: (place: Place) => Promise<T>): Promise<T> {
  const site = await openSite();
  const school = await openSchool();
  try {
    const { extensionId, folder } = await unpackFor(school, 'KS2');
    const seat = await openProfile({ extensionId, unpacked: folder, resolverRules: site.resolverRules });
    try {
      await waitInForce(seat, { policy: true, stage: 'KS2', lists: true });
      return await work({ school, site, seat, unpacked: folder, say });
    } finally {
      await seat.close();
    }
  } finally {
    await school.close();
    await site.close();
  }
}
