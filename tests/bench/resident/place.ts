import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CategoryId } from '../../../rules/categories.ts';
import { waitInForce } from '../../fixtures/inForce.ts';
import { openProfile } from '../../fixtures/profile.ts';
import { openSchool } from '../../fixtures/school.ts';
import { openSite } from '../../fixtures/site.ts';
import { unpackFor } from '../../fixtures/unpacked.ts';
import type { Place } from '../speed/place.ts';
import { writtenPolicy } from './policy.ts';
import { categoryOf } from './real-lists.ts';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../../admin/cli.ts', import.meta.url));

/** A KS3 seat that holds all real lists, got as every seat gets them: imported, signed, fetched, in force. */
export async function inPlaceWithLists<T>(
  folder: string,
  lists: ReadonlyMap<CategoryId, readonly string[]>,
  say: Place['say'],
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const site = await openSite();
  const school = await openSchool();
  try {
    await school.publish(await writtenPolicy([...lists.keys()]));
    await school.kill();
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.txt'))) {
      const asked = [join(folder, file), '--category', categoryOf(file), '--data', school.folder];
      await run(process.execPath, [cli, 'lists', 'import', ...asked], { maxBuffer: 64_000_000 });
    }
    await school.start();
    const { extensionId, folder: unpacked } = await unpackFor(school, 'KS3');
    const seat = await openProfile({ extensionId, unpacked, resolverRules: site.resolverRules });
    try {
      const began = Date.now();
      await waitInForce(seat, { policy: true, stage: 'KS3', lists: true }, 120_000);
      const worker = await seat.worker();
      const resident = await worker.evaluate(async () => {
        const rules = await chrome.declarativeNetRequest.getDynamicRules();
        return rules.reduce((sum, { condition }) => sum + (condition.requestDomains?.length ?? 0), 0);
      });
      say(
        `  ${resident} names in Chromium's rules (each twice), ${Date.now() - began} ms after the browser was there`,
      );
      return await work({ school, site, seat, unpacked, say });
    } finally {
      await seat.close();
    }
  } finally {
    await school.close();
    await site.close();
  }
}
