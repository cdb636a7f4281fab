import { Hono } from 'hono';
import { Health } from '../../rules/wire.ts';
import type { Fleet } from '../console-wire.ts';
import { versionOfStored } from '../publish.ts';
import { mailsWaiting } from '../store/mails.ts';
import { allSeats, type Seat } from '../store/seats.ts';
import { type ConsoleEnv, type ConsoleParts, requireDeed, requirePerson } from './console-parts.ts';

/** GET /console/api/fleet: every seat and whether the newest documents are in force on it. */
export function fleetRoutes({ store, people, document, sendsMail }: ConsoleParts) {
  const app = new Hono<ConsoleEnv>();
  app.get('/fleet', requirePerson(people), requireDeed('see-fleet'), async (c) => {
    const [policy, catalogue] = await Promise.all([document('policy'), document('catalogue')]);
    const newest = {
      policy: policy ? versionOfStored(policy) : null,
      catalogue: catalogue ? versionOfStored(catalogue) : null,
    };
    const seats = (await allSeats(store)).map((seat) => lineOf(seat, newest));
    return c.json({ mail: { sends: sendsMail, ...(await mailsWaiting(store)) }, seats } satisfies Fleet);
  });
  return app;
}

function lineOf(
  seat: Seat,
  newest: { policy: string | null; catalogue: string | null },
): Fleet['seats'][number] {
  const health = seat.health ? Health.parse(JSON.parse(seat.health)) : null;
  const { id, stage, group, extensionVersion, enrolledAt, heardAt } = seat;
  return {
    seat: id,
    stage,
    group,
    extensionVersion,
    enrolledAt,
    heardAt,
    upToDate: isUpToDate(health, newest),
    inForce: health?.inForce ?? null,
    waiting: health?.waiting ?? 0,
    troubles: health?.troubles ?? [],
  };
}

/** Where the web cannot become `filtered` no lists are fetched (DESIGN §7), so without a catalogue a seat is not behind. */
const isUpToDate = (
  health: Health | null,
  newest: { policy: string | null; catalogue: string | null },
): boolean =>
  health !== null &&
  health.inForce.policy === newest.policy &&
  (health.inForce.catalogue === null || health.inForce.catalogue === newest.catalogue);
