import type { MiddlewareHandler } from 'hono';
import type { Secrets } from '../data-folder.ts';
import type { DeviceEnv } from '../device-auth.ts';
import type { HearNetworkClosed } from '../grants/network-closed.ts';
import type { LessonsOf } from '../lessons/lessons.ts';
import type { Tries } from '../lessons/tries.ts';
import type { SeatsHere } from '../live/seats-here.ts';
import type { Rate } from '../rate.ts';
import type { SeatOrdersOf } from '../seat-orders.ts';
import type { StoredDocument } from '../store/documents.ts';
import type { KeepEvents } from '../store/events.ts';
import type { Store } from '../store/tables.ts';

/** How often what may be asked. Thirty profiles may share a seat, and a whole school enrols on one morning. */
export type Rates = {
  perSeat: Rate;
  eventsOfSeat: Rate;
  enrolments: Rate;
  newSeatsOfDevice: Rate;
  wrongTokens: Rate;
  signIns: Rate;
  signInsOfAccount: Rate;
  signInsOfAddress: Rate;
};

/** What the routes for devices are made of. */
export type DeviceParts = {
  store: Store;
  now: () => Date;
  newId: () => string;
  secrets: Pick<Secrets, 'enrolmentToken'>;
  places: { lists: string; packed: string };
  rates: Rates;
  requireSeat: MiddlewareHandler<DeviceEnv>;
  keepEvents: KeepEvents;
  document: (kind: 'policy' | 'catalogue') => Promise<StoredDocument | undefined>;
  orders: Pick<SeatOrdersOf, 'for'>;
  here: SeatsHere;
  lessons: Pick<LessonsOf, 'openByCode'>;
  hearNetworkClosed: HearNetworkClosed;
  tries: Tries;
};
