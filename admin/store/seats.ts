import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { EnrolRequest, Health } from '../../rules/wire.ts';
import type { AccountDoubt } from '../console-wire.ts';
import type { OrderedSeat } from '../orders-for-seat.ts';
import type { Seats } from './tables/seats.ts';
import type { Store, Writing } from './tables.ts';

/** How many keys of one seat stay valid: several profiles share a seat, and each enrols for itself. */
const KEYS_PER_SEAT = 64;

export type Seat = Selectable<Seats>;

export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** The pair of device and account; the profile's own id only where Chrome tells neither (DESIGN §2). */
function identityOf({ deviceId, account, installId }: EnrolRequest): string {
  return hashOf(deviceId || account ? ['pair', deviceId ?? '', account ?? ''] : ['install', installId]);
}

/** By what a seat's account is known here: the account itself is not kept. Case makes no other account. */
export const hashAccount = (account: string): string => hashOf(['account', account.trim().toLowerCase()]);

const hashOf = (parts: string[]): string => hashKey(JSON.stringify(parts));

/** Finds or makes the seat, and gives it one more key. The oldest keys beyond the bound stop working. */
export async function enrolSeat(
  store: Store,
  request: EnrolRequest,
  fresh: { id: string; key: string; at: Date },
): Promise<string> {
  const at = fresh.at.toISOString();
  const { stage, extensionVersion } = request;
  const known = {
    stage,
    group: request.group ?? null,
    extensionVersion,
    device: request.deviceId ? hashOf(['device', request.deviceId]) : null,
    account: request.account ? hashAccount(request.account) : null,
  };
  return store.transaction().execute(async (writing) => {
    const { id } = await writing
      .insertInto('seats')
      .values({
        ...known,
        id: fresh.id,
        identity: identityOf(request),
        enrolledAt: at,
        heardAt: null,
        health: null,
      })
      .onConflict((conflict) => conflict.column('identity').doUpdateSet(known))
      .returning('id')
      .executeTakeFirstOrThrow();
    await writing
      .insertInto('seatKeys')
      .values({
        hash: hashKey(fresh.key),
        seat: id,
        issuedAt: at,
        install: hashOf(['install', request.installId]),
      })
      .execute();
    const kept = writing
      .selectFrom('seatKeys')
      .select('number')
      .where('seat', '=', id)
      .orderBy('number', 'desc')
      .limit(KEYS_PER_SEAT);
    await writing.deleteFrom('seatKeys').where('seat', '=', id).where('number', 'not in', kept).execute();
    return id;
  });
}

/** True if this device and account have their seat already. */
export async function isKnownSeat(store: Store, request: EnrolRequest): Promise<boolean> {
  const identity = identityOf(request);
  const row = await store
    .selectFrom('seats')
    .select('id')
    .where('identity', '=', identity)
    .executeTakeFirst();
  return row !== undefined;
}

/** In one hour more seats than a child has computers. */
const MANY_SEATS = 5;
const HOUR_MS = 3_600_000;

/**
 * Why the account that a report names may not be its sender's: the seat enrolled as somebody else, or the account was
 * claimed by many seats within an hour of this one. The enrolment token is no secret, so both can be forged.
 */
export async function doubtOf(store: Writing, id: string, account: string): Promise<AccountDoubt | null> {
  const seat = await store
    .selectFrom('seats')
    .select(['account', 'enrolledAt'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!seat?.account || account === 'shared') return null;
  if (seat.account !== hashAccount(account)) return 'other-account';
  const around = (ms: number) => new Date(Date.parse(seat.enrolledAt) + ms).toISOString();
  const claims = await store
    .selectFrom('seats')
    .select('id')
    .where('account', '=', seat.account)
    .where('enrolledAt', '>=', around(-HOUR_MS))
    .where('enrolledAt', '<=', around(HOUR_MS))
    .limit(MANY_SEATS)
    .execute();
  return claims.length >= MANY_SEATS ? 'many-seats' : null;
}

/** True if this key is one of the seat's. */
export async function isKeyOfSeat(store: Store, seat: string, key: string): Promise<boolean> {
  const row = await store
    .selectFrom('seatKeys')
    .select('number')
    .where('hash', '=', hashKey(key))
    .where('seat', '=', seat)
    .executeTakeFirst();
  return row !== undefined;
}

/** True if two seats are one, or share the account, the device or a browser profile. */
export async function areAkin(store: Writing, one: string, other: string): Promise<boolean> {
  if (one === other) return true;
  const row = await store
    .selectFrom(['seats as a', 'seats as b'])
    .select('a.id')
    .where('a.id', '=', one)
    .where('b.id', '=', other)
    .where((eb) =>
      eb.or([
        eb('a.device', '=', eb.ref('b.device')),
        eb('a.account', '=', eb.ref('b.account')),
        eb.exists(
          eb
            .selectFrom(['seatKeys as x', 'seatKeys as y'])
            .select('x.number')
            .where('x.seat', '=', one)
            .where('y.seat', '=', other)
            .whereRef('x.install', '=', 'y.install'),
        ),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

export async function keepHealth(store: Store, seat: string, health: Health, at: Date): Promise<void> {
  const { extensionVersion, stage } = health;
  await store
    .updateTable('seats')
    .set({ extensionVersion, stage, health: JSON.stringify(health), heardAt: at.toISOString() })
    .where('id', '=', seat)
    .execute();
}

export const allSeats = (store: Writing): Promise<Seat[]> =>
  store.selectFrom('seats').selectAll().orderBy('enrolledAt').execute();

/** Seats as orders need to know them; those that do not exist are left out. */
export async function orderedSeats(store: Writing, ids: readonly string[]): Promise<OrderedSeat[]> {
  const found: OrderedSeat[] = [];
  // SQLite takes 32,766 values in one question.
  for (let from = 0; from < ids.length; from += 10_000)
    found.push(
      ...(await store
        .selectFrom('seats')
        .select(['id', 'device', 'account', 'stage', 'group'])
        .where('id', 'in', ids.slice(from, from + 10_000))
        .execute()),
    );
  return found;
}

/** Every seat, as orders and class lists need to know it. */
export const seatsToOrder = (store: Writing): Promise<(OrderedSeat & Pick<Seat, 'heardAt'>)[]> =>
  store.selectFrom('seats').select(['id', 'device', 'account', 'stage', 'group', 'heardAt']).execute();

/** True if somebody of this account has a seat. */
export async function hasSeatOf(store: Writing, account: string): Promise<boolean> {
  const row = await store.selectFrom('seats').select('id').where('account', '=', account).executeTakeFirst();
  return row !== undefined;
}
