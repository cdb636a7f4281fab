import type { SessionStorage } from './session-storage.ts';

/**
 * Frames whose load somebody stopped or cut, which stand there all the same. Chrome marks them as it marks those that our
 * rules closed (`errorOccurred`), and only the error itself tells them apart.
 */
export function createStoppedFrames(storage: SessionStorage) {
  const keyOf = (tabId: number) => `stopped:${tabId}`;
  const read = async (tabId: number): Promise<number[]> => {
    const kept = (await storage.get(keyOf(tabId)))[keyOf(tabId)];
    return Array.isArray(kept) ? kept : [];
  };
  return {
    /** A frame's load has failed, and not by a rule of ours. */
    async note(tabId: number, frameId: number): Promise<void> {
      const before = await read(tabId);
      if (!before.includes(frameId)) await storage.set({ [keyOf(tabId)]: [...before, frameId].slice(-100) });
    },
    of: read,
    /** The page is about to go. Chrome never gives a frame's number to another. */
    forget: (tabId: number): Promise<void> => storage.remove(keyOf(tabId)),
  };
}

export type StoppedFrames = ReturnType<typeof createStoppedFrames>;
