import type { Selectable } from 'kysely';
import type { Urgency } from '../console-wire.ts';
import type { Mails } from './tables/inbox.ts';
import type { Store, Writing } from './tables.ts';

export type Mail = Selectable<Mails>;

type NewMail = { id: string; item: string; urgency: Urgency; restricted: boolean; at: Date; afterMs: number };

/**
 * Puts a mail into the outbox, in the transaction of the report that it speaks of. Ordinary ones that nobody has begun
 * to send are one mail. What became restricted is taken out of the mails that others would get.
 */
export async function enqueueMail(writing: Writing, { id, item, urgency, restricted, at, afterMs }: NewMail) {
  if (restricted) await withdrawFromOpenMails(writing, item);
  const joined =
    urgency === 'ordinary' && !restricted
      ? await writing
          .selectFrom('mails')
          .select('id')
          .where('state', '=', 'waiting')
          .where('urgency', '=', 'ordinary')
          .where('restricted', '=', 0)
          .where('attempts', '=', 0)
          .executeTakeFirst()
      : undefined;
  if (!joined)
    await writing
      .insertInto('mails')
      .values({
        id,
        madeAt: at.toISOString(),
        urgency,
        restricted: restricted ? 1 : 0,
        state: 'waiting',
        attempts: 0,
        nextAt: new Date(at.getTime() + afterMs).toISOString(),
        delivered: '[]',
        problem: null,
        person: null,
      })
      .execute();
  await writing
    .insertInto('mailItems')
    .values({ mail: joined?.id ?? id, item })
    .onConflict((conflict) => conflict.columns(['mail', 'item']).doNothing())
    .execute();
}

/** Puts word for one person into the outbox: that something happened, never what. */
export async function enqueueNotice(
  writing: Writing,
  { id, kind, person, at }: { id: string; kind: 'break-glass'; person: string; at: Date },
): Promise<void> {
  await writing
    .insertInto('mails')
    .values({
      id,
      kind,
      person,
      madeAt: at.toISOString(),
      urgency: 'now',
      // Nobody else sees in the outbox that it waits.
      restricted: 1,
      state: 'waiting',
      attempts: 0,
      nextAt: at.toISOString(),
      delivered: '[]',
      problem: null,
    })
    .execute();
}

async function withdrawFromOpenMails(writing: Writing, item: string): Promise<void> {
  const open = writing
    .selectFrom('mails')
    .select('id')
    .where('restricted', '=', 0)
    .where('state', 'in', ['waiting', 'sending']);
  await writing.deleteFrom('mailItems').where('item', '=', item).where('mail', 'in', open).execute();
}

/** Claims the next mail of this urgency that is due and says how many reports it speaks of; withdraws those that speak of none. */
export async function claimMail(
  store: Store,
  urgency: Urgency,
  now: Date,
): Promise<{ mail: Mail; reports: number } | undefined> {
  return store.transaction().execute(async (writing) => {
    for (;;) {
      const mail = await writing
        .selectFrom('mails')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('urgency', '=', urgency)
        .where('nextAt', '<=', now.toISOString())
        .orderBy('number')
        .limit(1)
        .executeTakeFirst();
      if (!mail) return undefined;
      const { reports } = await writing
        .selectFrom('mailItems')
        .select(({ fn }) => fn.countAll<number>().as('reports'))
        .where('mail', '=', mail.id)
        .executeTakeFirstOrThrow();
      const speaks = mail.kind !== 'reports' || reports > 0;
      const state = speaks ? 'sending' : 'withdrawn';
      await writing.updateTable('mails').set({ state }).where('id', '=', mail.id).execute();
      if (speaks) return { mail, reports };
    }
  });
}

/** Notes that one recipient has the mail, before the next one is tried. */
export async function noteDelivered(store: Store, id: string, delivered: string[]): Promise<void> {
  await store
    .updateTable('mails')
    .set({ delivered: JSON.stringify(delivered) })
    .where('id', '=', id)
    .execute();
}

export async function finishMail(store: Store, id: string): Promise<void> {
  await store.updateTable('mails').set({ state: 'sent', problem: null }).where('id', '=', id).execute();
}

export async function retryMail(store: Store, mail: Mail, nextAt: Date, problem: string): Promise<void> {
  await store
    .updateTable('mails')
    .set({ state: 'waiting', attempts: mail.attempts + 1, nextAt: nextAt.toISOString(), problem })
    .where('id', '=', mail.id)
    .execute();
}

/** At start: what a crash left half-sent waits again, under the same Message-ID. */
export async function releaseMails(store: Store): Promise<void> {
  await store.updateTable('mails').set({ state: 'waiting' }).where('state', '=', 'sending').execute();
}

/** When the next mail of this urgency is due, or `undefined` if none waits. */
export async function nextMailAt(store: Store, urgency: Urgency): Promise<Date | undefined> {
  const row = await store
    .selectFrom('mails')
    .select(({ fn }) => fn.min('nextAt').as('at'))
    .where('state', '=', 'waiting')
    .where('urgency', '=', urgency)
    .executeTakeFirst();
  return row?.at ? new Date(row.at) : undefined;
}

/** How many mails wait, since when, and what held the oldest of them up. */
export async function mailsWaiting(
  store: Store,
): Promise<{ waiting: number; since: string | null; problem: string | null }> {
  const rows = await store
    .selectFrom('mails')
    .select(['madeAt', 'problem'])
    .where('state', 'in', ['waiting', 'sending'])
    // That a restricted report exists is not for everybody who sees the fleet.
    .where('restricted', '=', 0)
    .orderBy('number')
    .execute();
  return {
    waiting: rows.length,
    since: rows[0]?.madeAt ?? null,
    problem: rows.find(({ problem }) => problem !== null)?.problem ?? null,
  };
}
