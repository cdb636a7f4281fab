import type { Generated } from 'kysely';
import type { ReportsEvent, RequestEvent } from '../../../rules/wire.ts';
import type { ItemState, Urgency } from '../../console-wire.ts';
import type { Instant, Json, Truth } from './columns.ts';

/** What devices sent, append only: nothing is unsaid (DESIGN §5.5). */
export type Events = {
  number: Generated<number>;
  id: string;
  seat: string;
  type: ReportsEvent['type'] | RequestEvent['type'];
  /** The report or request that it belongs to: its own id, or the one that it adds to. */
  item: string;
  receivedAt: Instant;
  body: Json;
};

/** What the inbox lists: folded from the events, and how far the school is with it. */
export type Items = {
  id: string;
  kind: 'report' | 'request';
  seat: string;
  receivedAt: Instant;
  at: Instant;
  host: string;
  what: string;
  stage: string;
  group: string | null;
  answers: Json;
  urgency: Urgency;
  /** About a grown-up at school: only the roles that `admin/roles.ts` names may know of it. */
  restricted: Truth;
  count: number;
  returned: Truth;
  state: ItemState;
};

/** The mail outbox. It holds no page address, no name and no content. */
export type Mails = {
  id: string;
  number: Generated<number>;
  madeAt: Instant;
  urgency: Urgency;
  restricted: Truth;
  state: 'waiting' | 'sending' | 'sent' | 'withdrawn';
  attempts: number;
  nextAt: Instant;
  /** Hashes of the recipients that have it already, so that a second try leaves them out. */
  delivered: Json;
  problem: string | null;
  /** Of reports, to whom they concern; or that the break-glass account was used, to one person. */
  kind: Generated<'reports' | 'break-glass'>;
  person: string | null;
};

export type MailItems = { mail: string; item: string };
