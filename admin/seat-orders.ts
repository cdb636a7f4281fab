import type { Orders } from '../rules/orders.ts';
import type { SigningKey } from './data-folder.ts';
import type { OrderedSeat, Said, Speaker } from './orders-for-seat.ts';
import { createOrdersVersions } from './orders-version.ts';
import { createSerially } from './serially.ts';
import { createSignMany, etagOf } from './sign.ts';
import { writesSoFar } from './store/another-wrote.ts';
import { orderedSeats } from './store/seats.ts';
import type { Store } from './store/tables.ts';

/** After this long without a word from the endpoint nothing that orders opened stays open. */
const LIFE_MS = 24 * 3_600_000;
const READ_AGAIN_MS = 2_000;
/** So many are signed before others have their turn. */
const AT_ONCE = 100;

/** What the orders of one seat say, without signature and version. */
type Content = Required<Pick<Orders, 'lessons' | 'grants' | 'closings' | 'suspensions'>> &
  Pick<Orders, 'groups' | 'stage' | 'answers' | 'overlays'>;

/** The orders of one seat, signed. `version` is as devices name it (`rules/document.ts`). */
export type SeatOrders = {
  seat: string;
  jws: string;
  etag: string;
  version: string;
  /** Since which version this seat's orders hold a lesson or grant as it is now, by its id. */
  since: ReadonlyMap<string, string>;
};

type Kept = SeatOrders & {
  said: string;
  epoch: number;
  keyId: string;
  expiresAt: number;
  texts: Map<string, string>;
};

type Parts = {
  store: Store;
  school: string;
  now: () => Date;
  /** Class lists first. */
  speakers: readonly Speaker[];
  signingKey: () => Promise<SigningKey>;
};

/**
 * The orders of every seat: what the speakers say to it, put together and signed for it alone. Kept in memory: they
 * are signed anew when what they say has changed, when half of their life is over, and after a start.
 */
export function createSeatOrders({ store, school, now, speakers, signingKey }: Parts) {
  const kept = new Map<string, Kept>();
  const versions = createOrdersVersions(store, now);
  let waiting: { seats: Set<string>; done: Promise<Map<string, SeatOrders>> } | undefined;
  // Two looks that overlap could give a seat its orders in the wrong order.
  const inTurn = createSerially();

  type Speak = (seat: OrderedSeat) => Content;
  let lastRead: { writes: string; at: number; speak: Promise<Speak> } | undefined;

  /**
   * What the speakers say now. A school of seats that poll asks thirty times a second: as long as nobody wrote
   * anything, the store is looked at every two seconds only.
   */
  async function readSpeakers(): Promise<Speak> {
    const { own, others } = await writesSoFar(store);
    const writes = `${own} ${others}`;
    const at = now().getTime();
    if (lastRead?.writes !== writes || Math.abs(at - lastRead.at) >= READ_AGAIN_MS)
      lastRead = { writes, at, speak: lookAtStore() };
    const { speak } = lastRead;
    // A look that failed is not kept.
    speak.catch(() => {
      lastRead = undefined;
    });
    return speak;
  }

  /** Looks once at the store; what it gives is then asked seat by seat. */
  async function lookAtStore(): Promise<Speak> {
    const at = now();
    const asked = await Promise.all(speakers.map((speaker) => speaker.read(at)));
    return (seat) => {
      const groups = new Set(seat.group === null ? [] : [seat.group]);
      const all: Said[] = [];
      for (const ask of asked) {
        const said = ask(seat, [...groups]);
        for (const group of said.groups ?? []) groups.add(group);
        all.push(said);
      }
      return putTogether(all);
    };
  }

  async function bringUpToDate(
    ids: readonly string[],
    onEach?: (orders: SeatOrders) => void,
  ): Promise<Map<string, SeatOrders>> {
    const seats = await orderedSeats(store, ids);
    const speak = await readSpeakers();
    const key = await signingKey();
    const epoch = await versions.epochNow();
    const found = new Map<string, SeatOrders>();
    const stale: { seat: OrderedSeat; content: Content; said: string }[] = [];
    const at = now().getTime();
    const give = (orders: SeatOrders) => {
      found.set(orders.seat, orders);
      onEach?.(orders);
    };
    for (const seat of seats) {
      const content = speak(seat);
      const said = JSON.stringify(content);
      const before = kept.get(seat.id);
      if (
        before?.said === said &&
        before.keyId === key.x &&
        before.epoch >= epoch &&
        before.expiresAt - at >= LIFE_MS / 2
      )
        give(before);
      else stale.push({ seat, content, said });
    }
    if (stale.length === 0) return found;
    const version = await versions.next();
    const sign = createSignMany(key);
    const expiresAt = at + LIFE_MS;
    for (const [index, { seat, content, said }] of stale.entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
      const issuedAt = new Date(version.issuedAt).toISOString();
      const orders: Orders = {
        schema: 1,
        mustUnderstand: [],
        kind: 'orders',
        school,
        seat: seat.id,
        epoch: version.epoch,
        issuedAt,
        expiresAt: new Date(expiresAt).toISOString(),
        ...content,
      };
      const jws = sign('orders', orders);
      const name = `${version.epoch}.${issuedAt}`;
      const before = kept.get(seat.id);
      const texts = new Map(
        [...content.lessons, ...content.grants].map((one) => [one.id, JSON.stringify(one)]),
      );
      const one: Kept = {
        seat: seat.id,
        jws,
        etag: etagOf(jws),
        version: name,
        since: new Map(
          [...texts].map(([id, text]) => [
            id,
            (before?.texts.get(id) === text && before.since.get(id)) || name,
          ]),
        ),
        said,
        epoch: version.epoch,
        keyId: key.x,
        expiresAt,
        texts,
      };
      kept.set(seat.id, one);
      give(one);
    }
    return found;
  }

  return {
    /** The orders of one seat; those who ask meanwhile are answered by one look at the store. */
    async for(seat: string): Promise<SeatOrders | undefined> {
      if (!waiting) {
        const seats = new Set<string>();
        const done = inTurn(() => {
          waiting = undefined;
          return bringUpToDate([...seats]);
        });
        waiting = { seats, done };
      }
      waiting.seats.add(seat);
      return (await waiting.done).get(seat);
    },
    /** The orders of many seats; `onEach` has each as soon as it is there. */
    forAll: (seats: readonly string[], onEach: (orders: SeatOrders) => void) =>
      inTurn(() => bringUpToDate(seats, onEach)),
    /** What was signed last for a seat in this run, if anything was. */
    keptFor: (seat: string): SeatOrders | undefined => kept.get(seat),
    /** What somebody at such a seat would be told now: unsigned, for "preview as a pupil". */
    wouldSay: async (seat: OrderedSeat): Promise<Content> => (await readSpeakers())(seat),
  };
}
export type SeatOrdersOf = ReturnType<typeof createSeatOrders>;

function putTogether(all: readonly Said[]): Content {
  const groups = [...new Set(all.flatMap(({ groups = [] }) => groups))];
  const stage = all.findLast((said) => said.stage !== undefined)?.stage;
  const answers = all.flatMap(({ answers = [] }) => answers);
  const overlays = all.flatMap(({ overlays = [] }) => overlays);
  return {
    ...(groups.length > 0 ? { groups } : {}),
    ...(stage ? { stage } : {}),
    ...(overlays.length > 0 ? { overlays } : {}),
    ...(answers.length > 0 ? { answers } : {}),
    lessons: all.flatMap(({ lessons = [] }) => lessons),
    grants: all.flatMap(({ grants = [] }) => grants),
    closings: all.flatMap(({ closings = [] }) => closings),
    suspensions: all.flatMap(({ suspensions = [] }) => suspensions),
  };
}
