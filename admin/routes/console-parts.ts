import { createMiddleware } from 'hono/factory';
import type { Approvals } from '../approvals/approvals.ts';
import type { Cards } from '../lessons/cards.ts';
import type { ClassLists } from '../lessons/class-lists.ts';
import type { LessonsOf } from '../lessons/lessons.ts';
import type { Live } from '../live.ts';
import { originOf } from '../people/origin.ts';
import type { People, Person } from '../people.ts';
import { refuse } from '../refusal.ts';
import type { Requests } from '../requests/answer.ts';
import type { Homework } from '../requests/homework.ts';
import { type Deed, may } from '../roles.ts';
import type { SeatOrdersOf } from '../seat-orders.ts';
import type { StoredDocument } from '../store/documents.ts';
import type { Store } from '../store/tables.ts';
import type { Lists } from '../subscriptions/subscriptions.ts';
import type { TimetableOf } from '../timetable/timetable.ts';
import type { Unblocks } from '../unblocks/unblocks.ts';
import type { createCatalogueLists } from '../verdict-lists.ts';
import type { Rates } from './device-parts.ts';

/** What the console's routes are made of. */
export type ConsoleParts = {
  store: Store;
  now: () => Date;
  people: People;
  cookieSecret: string;
  live: Live;
  rates: Rates;
  consoleUrl: string;
  /** True if mails go out; without a mail server they wait. */
  sendsMail: boolean;
  schoolName: () => Promise<string>;
  /** The catalogue's lists, as devices get them. */
  listsOf: ReturnType<typeof createCatalogueLists>;
  /** The lists that the school takes from elsewhere. */
  lists: Lists;
  document: (kind: 'policy' | 'catalogue') => Promise<StoredDocument | undefined>;
  orders: Pick<SeatOrdersOf, 'wouldSay'>;
  lessons: LessonsOf;
  cards: Cards;
  classLists: ClassLists;
  newId: () => string;
  requests: Requests;
  homework: Homework;
  unblocks: Unblocks;
  approvals: Approvals;
  timetable: TimetableOf;
  /** Somebody's orders may say something else now. */
  changed: () => void;
};

export type ConsoleEnv = { Variables: { person: Person } };

/** Lets only people through who are signed in properly. `admin/routes/deeds.ts` has asked the same already. */
export const requirePerson = (people: People) =>
  createMiddleware<ConsoleEnv>(async (c, next) => {
    if (!c.get('person')) {
      const person = await people.whoAsks(c.req.raw.headers);
      if (!person || person.mustChangePassword || person.lacksSecondFactor)
        return refuse(c, 401, 'signed-out', 'Please sign in.');
      c.set('person', person);
    }
    await next();
  });

/** Lets only roles through that `admin/roles.ts` names. Comes after `requirePerson`. */
export const requireDeed = (deed: Deed) =>
  createMiddleware<ConsoleEnv>(async (c, next) => {
    if (!may(c.get('person').role, deed))
      return refuse(c, 403, 'not-your-role', 'Your role does not include this.');
    await next();
  });

/**
 * A change comes from the console's own pages, never from another site that the browser has open: its origin is the
 * address that was asked, or the console's public one where a proxy changes the name.
 */
export const requireOwnOrigin = (consoleUrl: string) =>
  createMiddleware(async (c, next) => {
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
    const isPublic = c.req.header('origin') === new URL(consoleUrl).origin;
    if (!isRead && !isPublic && originOf(c.req.raw) === '')
      return refuse(c, 403, 'foreign-origin', 'This was not sent by the console.');
    await next();
  });
