import { type Log, plainError } from '../log.ts';

/** How soon what the command line did on the same folder is seen. */
const EVERY_MS = 1_000;
/** How soon what begins or ends by the clock alone is signed for those who cannot know it yet. */
const ANYWAY_MS = 30_000;

type Parts = {
  anotherWrote: () => Promise<boolean>;
  /** Something may have to be signed or told. */
  look: () => Promise<unknown>;
  log: Log;
};

/** Looks now and then whether something changed that nobody of this process changed. */
export function createLookAround({ anotherWrote, look, log }: Parts) {
  let lookedAt = performance.now();
  const failed = (error: unknown) => log.error({ error: plainError(error) }, 'looking around');
  let underWay: Promise<unknown> = anotherWrote().catch(failed);

  async function lookIfDue(): Promise<void> {
    if (!(await anotherWrote()) && performance.now() - lookedAt < ANYWAY_MS) return;
    lookedAt = performance.now();
    await look();
  }
  const timer = setInterval(() => {
    underWay = underWay.then(lookIfDue).catch(failed);
  }, EVERY_MS).unref();

  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await underWay;
    },
  };
}
