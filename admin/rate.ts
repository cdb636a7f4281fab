import type { Context } from 'hono';
import { refuse } from './refusal.ts';

export type Rate = { burst: number; perSecond: number };

/** A bucket per key: `burst` at once, refilled by `perSecond`. Full buckets are forgotten, so it stays small. */
export function createRate({ burst, perSecond }: Rate, now: () => Date) {
  const buckets = new Map<string, { left: number; at: number }>();
  let sweptAt = now().getTime();

  const leftIn = (bucket: { left: number; at: number }, at: number) =>
    Math.min(burst, bucket.left + (Math.max(0, at - bucket.at) / 1_000) * perSecond);

  function sweep(at: number): void {
    if (at - sweptAt < 60_000) return;
    sweptAt = at;
    for (const [key, bucket] of buckets) if (leftIn(bucket, at) >= burst) buckets.delete(key);
  }

  /** Takes one, or as many as are wanted; answers the seconds to wait if there are not so many left, else 0. */
  return (key: string, wanted = 1): number => {
    const at = now().getTime();
    sweep(at);
    const left = leftIn(buckets.get(key) ?? { left: burst, at }, at);
    if (left < wanted) {
      buckets.set(key, { left, at });
      return Math.ceil((wanted - left) / perSecond);
    }
    buckets.set(key, { left: left - wanted, at });
    return 0;
  };
}
export type TakeOne = ReturnType<typeof createRate>;

export function tooMany(c: Context, retryAfterSeconds: number) {
  c.header('Retry-After', String(retryAfterSeconds));
  return refuse(c, 429, 'too-many', `Please try again in ${retryAfterSeconds} seconds.`);
}
