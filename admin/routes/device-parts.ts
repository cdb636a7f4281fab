import type { MiddlewareHandler } from 'hono';
import type { Secrets } from '../data-folder.ts';
import type { DeviceEnv } from '../device-auth.ts';
import type { Rate } from '../rate.ts';
import type { StoredDocument } from '../store/documents.ts';
import type { KeepEvents } from '../store/events.ts';
import type { Store } from '../store/tables.ts';

/** How often what may be asked. Thirty profiles may share a seat, and a whole school enrols on one morning. */
export type Rates = {
  perSeat: Rate;
  enrolments: Rate;
  newSeatsOfDevice: Rate;
  wrongTokens: Rate;
  signIns: Rate;
  signInsOfAccount: Rate;
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
  document: (kind: 'policy' | 'catalogue' | 'orders') => Promise<StoredDocument | undefined>;
};
