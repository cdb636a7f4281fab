import { randomUUID } from 'node:crypto';
import { writeAudit } from '../store/audit.ts';
import { enqueueNotice } from '../store/mails.ts';
import type { Store } from '../store/tables.ts';
import { type Actor, asAuthor } from './actor.ts';
import { hashOfCode, makeCode } from './codes.ts';
import type { Redeem } from './sign-in-by-code.ts';

type Dependencies = { store: Store; now: () => Date; posted: () => void };

/** Long enough to put something right, short enough to be an exception. */
const USE_MS = 3_600_000;

type Sealed = { ok: true; code: string; tells: string } | { ok: false; code: 'no-second-person' };

/**
 * The principal's account for an emergency: a long code on paper, in a safe. Every use signs in as a principal for an
 * hour and tells a second named person, by mail and on their console. Without that person there is no such account.
 */
export function createBreakGlass({ store, now, posted }: Dependencies) {
  const redeem: Redeem = async (typed) => {
    const used = await store.transaction().execute(async (writing) => {
      const account = await writing
        .selectFrom('breakGlass')
        .selectAll()
        .where('codeHash', '=', hashOfCode(typed))
        .executeTakeFirst();
      if (!account) return undefined;
      const at = now();
      await writing
        .insertInto('notices')
        .values({
          id: randomUUID(),
          person: account.tells,
          kind: 'break-glass',
          at: at.toISOString(),
          seenAt: null,
        })
        .execute();
      await enqueueNotice(writing, { id: randomUUID(), kind: 'break-glass', person: account.tells, at });
      await writeAudit(writing, [
        { at, person: account.person, by: 'break-glass account', act: 'used-break-glass' },
      ]);
      return account;
    });
    if (!used) return undefined;
    posted();
    return { person: used.person, until: new Date(Date.now() + USE_MS) };
  };

  return {
    redeem,

    /** Makes the account, or a new code for it; the old code and what it signed in end. */
    async seal(secondEmail: string, by: Actor): Promise<Sealed> {
      const second = await store
        .selectFrom('people')
        .select(['id', 'name'])
        .where('email', '=', secondEmail.toLowerCase())
        .where('kind', '=', 'staff')
        .where('deactivatedAt', 'is', null)
        .executeTakeFirst();
      if (!second) return { ok: false, code: 'no-second-person' };
      const code = makeCode(8);
      await store.transaction().execute(async (writing) => {
        const at = now().toISOString();
        const known = await writing.selectFrom('breakGlass').select('person').executeTakeFirst();
        const person = known?.person ?? randomUUID();
        if (!known)
          await writing
            .insertInto('people')
            .values({
              id: person,
              name: 'Break-glass account',
              email: `${person}@break-glass.invalid`,
              emailVerified: 0,
              image: null,
              createdAt: at,
              updatedAt: at,
              role: 'principal',
              mustChangePassword: 0,
              kind: 'break-glass',
              deactivatedAt: null,
            })
            .execute();
        await writing.deleteFrom('signIns').where('userId', '=', person).execute();
        const sealed = { codeHash: hashOfCode(code), tells: second.id, madeAt: at };
        await writing
          .insertInto('breakGlass')
          .values({ person, ...sealed })
          .onConflict((conflict) => conflict.column('person').doUpdateSet(sealed))
          .execute();
        await writeAudit(writing, [
          { at: now(), ...asAuthor(by), act: 'sealed-break-glass', facts: { name: second.name } },
        ]);
      });
      return { ok: true, code, tells: second.name };
    },

    /** Whether there is one, and whom it tells; for the people page. */
    standing: () =>
      store
        .selectFrom('breakGlass')
        .innerJoin('people', 'people.id', 'breakGlass.tells')
        .select(['breakGlass.tells', 'people.name', 'breakGlass.madeAt'])
        .executeTakeFirst(),

    /** What somebody has not seen yet. */
    noticesFor: (person: string) =>
      store
        .selectFrom('notices')
        .select(['id', 'kind', 'at'])
        .where('person', '=', person)
        .where('seenAt', 'is', null)
        .orderBy('at')
        .execute(),

    /** Somebody has seen a notice of theirs; false if it is none of theirs. */
    async seen(id: string, person: string): Promise<boolean> {
      const { numUpdatedRows } = await store
        .updateTable('notices')
        .set({ seenAt: now().toISOString() })
        .where('id', '=', id)
        .where('person', '=', person)
        .where('seenAt', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
