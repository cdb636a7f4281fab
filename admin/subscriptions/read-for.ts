import type { Format } from '../../rules/lists/formats.ts';
import type { Subscription } from '../store/subscriptions.ts';
import { keptText } from './kept.ts';
import { readIllegal } from './read-illegal.ts';
import { type ListRead, readList } from './read-list.ts';

export type ReadFor = ReturnType<typeof createReadFor>;

/** Reads what came for a subscription: its names, or for illegal addresses their hashes with the salt that goes on. */
export const createReadFor =
  (listsFolder: string) =>
  async (
    path: string,
    { category, format, live }: Pick<Subscription, 'category' | 'live' | 'format'>,
    progress?: (lines: number) => void,
  ): Promise<ListRead> =>
    category === 'illegal'
      ? readIllegal(path, live && (await keptText(listsFolder, live.sha256).catch(() => null)))
      : readList(path, format as Format, progress);
