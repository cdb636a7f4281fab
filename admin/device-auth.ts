import { createMiddleware } from 'hono/factory';
import { type TakeOne, tooMany } from './rate.ts';
import { refuse } from './refusal.ts';
import { isKeyOfSeat } from './store/seats.ts';
import type { Store } from './store/tables.ts';

export type DeviceEnv = { Variables: { seat: string } };

/**
 * Lets only enrolled seats through, each at its own rate. Whatever is wrong with the key, the answer is the same, so
 * that the device enrols again and nobody learns which seats exist.
 */
export const requireSeat = (store: Store, takeOne: TakeOne) =>
  createMiddleware<DeviceEnv>(async (c, next) => {
    const credential = /^Bearer ([0-9a-f-]{36})\.([A-Za-z0-9_-]{32,128})$/.exec(
      c.req.header('authorization') ?? '',
    );
    const [, seat, key] = credential ?? [];
    if (!seat || !key || !(await isKeyOfSeat(store, seat, key)))
      return refuse(c, 401, 'unknown-seat', 'This seat is not enrolled here. Enrol again.');
    const wait = takeOne(seat);
    if (wait > 0) return tooMany(c, wait);
    c.set('seat', seat);
    await next();
  });
