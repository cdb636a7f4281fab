import { randomUUID } from 'node:crypto';
import { writeAudit } from '../store/audit.ts';
import type { Store } from '../store/tables.ts';
import { type Actor, asAuthor } from './actor.ts';
import { hashOfCode, makeOneTimePassword } from './codes.ts';
import type { Redeem } from './sign-in-by-code.ts';
import type { DayPassLine, NewDayPass } from './wire.ts';

type Dependencies = { store: Store; now: () => Date; left: (person: string) => Promise<void> };

/** The longest that a pass holds: it is for a day, and a clock that is wrong must not make it a year. */
const LONGEST_MS = 24 * 3_600_000;

export type PassOf = { groups: string[]; endsAt: string };
type Given = { ok: true; id: string; code: string } | { ok: false; code: 'ends-too-early' | 'ends-too-late' };
type Renewed = { ok: true; code: string } | { ok: false; code: 'not-found' };

/**
 * Passes for supply staff: a named adult, these classes, until then. The code signs in once; another computer needs
 * another code. A pass ends by itself, and what it signed in ends with it.
 */
export function createDayPasses({ store, now, left }: Dependencies) {
  /** Ends passes and their sign-ins, and writes it down. `by` is whoever ends them; nobody if it is their time. */
  async function end(passes: { id: string; person: string; name: string }[], by: Actor | null) {
    for (const { id, person, name } of passes) {
      await store.transaction().execute(async (writing) => {
        const at = now().toISOString();
        await writing
          .updateTable('dayPasses')
          .set({ endedAt: at, endedBy: by?.id ?? null, codeHash: null })
          .where('id', '=', id)
          .execute();
        await writing.updateTable('people').set({ deactivatedAt: at }).where('id', '=', person).execute();
        await writing.deleteFrom('signIns').where('userId', '=', person).execute();
        const author = by ? asAuthor(by) : { person: null, by: 'endpoint' };
        await writeAudit(writing, [{ at: now(), ...author, act: 'ended-day-pass', facts: { name } }]);
      });
      await left(person);
    }
  }

  const open = () =>
    store
      .selectFrom('dayPasses')
      .innerJoin('people', 'people.id', 'dayPasses.person')
      .select(['dayPasses.id', 'dayPasses.person', 'people.name', 'dayPasses.groups', 'dayPasses.endsAt'])
      .where('dayPasses.endedAt', 'is', null);

  async function renew(id: string, by: Actor): Promise<Renewed> {
    const code = makeOneTimePassword();
    const pass = await open().where('dayPasses.id', '=', id).executeTakeFirst();
    if (!pass || pass.endsAt <= now().toISOString()) return { ok: false, code: 'not-found' };
    await store
      .updateTable('dayPasses')
      .set({ codeHash: hashOfCode(code), usedAt: null })
      .where('id', '=', id)
      .execute();
    await writeAudit(store, [
      { at: now(), ...asAuthor(by), act: 'renewed-day-pass', facts: { name: pass.name } },
    ]);
    return { ok: true, code };
  }

  const redeem: Redeem = async (typed) => {
    const at = now().toISOString();
    // In one statement, so that one code opens one door however often it is typed at once.
    const used = await store
      .updateTable('dayPasses')
      .set({ usedAt: at, codeHash: null })
      .where('codeHash', '=', hashOfCode(typed))
      .where('endedAt', 'is', null)
      .where('endsAt', '>', at)
      .returning(['person', 'endsAt'])
      .executeTakeFirst();
    if (!used) return undefined;
    // better-auth counts by the computer's own clock.
    const left = Date.parse(used.endsAt) - now().getTime();
    return { person: used.person, until: new Date(Date.now() + left) };
  };

  return {
    redeem,
    renew,

    async give({ name, groups, endsAt }: NewDayPass, by: Actor): Promise<Given> {
      const ms = Date.parse(endsAt) - now().getTime();
      if (ms <= 0) return { ok: false, code: 'ends-too-early' };
      if (ms > LONGEST_MS) return { ok: false, code: 'ends-too-late' };
      const id = randomUUID();
      const person = randomUUID();
      const code = makeOneTimePassword();
      const at = now().toISOString();
      await store.transaction().execute(async (writing) => {
        await writing
          .insertInto('people')
          .values({
            id: person,
            name,
            // No mail reaches it, and no password belongs to it.
            email: `${person}@day-pass.invalid`,
            emailVerified: 0,
            image: null,
            createdAt: at,
            updatedAt: at,
            role: 'supply',
            mustChangePassword: 0,
            kind: 'day-pass',
            deactivatedAt: null,
          })
          .execute();
        await writing
          .insertInto('dayPasses')
          .values({
            id,
            person,
            groups: JSON.stringify([...new Set(groups)]),
            endsAt: new Date(endsAt).toISOString(),
            codeHash: hashOfCode(code),
            givenAt: at,
            givenBy: by.name,
            usedAt: null,
            endedAt: null,
            endedBy: null,
          })
          .execute();
        await writeAudit(writing, [
          {
            at: now(),
            ...asAuthor(by),
            act: 'gave-day-pass',
            facts: { name, classes: [...new Set(groups)], until: new Date(endsAt).toISOString() },
          },
        ]);
      });
      return { ok: true, id, code };
    },

    /** Ends one pass before its time; false if there is none that still holds. */
    async end(id: string, by: Actor): Promise<boolean> {
      const pass = await open().where('dayPasses.id', '=', id).executeTakeFirst();
      if (pass) await end([pass], by);
      return pass !== undefined;
    },

    /** Ends what is over; answers when the next one will be. */
    async endDue(): Promise<Date | undefined> {
      const at = now().toISOString();
      await end(await open().where('endsAt', '<=', at).execute(), null);
      const next = await open().orderBy('endsAt').limit(1).executeTakeFirst();
      return next && new Date(next.endsAt);
    },

    /** The pass of a person, while it holds. */
    async of(person: string): Promise<PassOf | undefined> {
      const pass = await open().where('dayPasses.person', '=', person).executeTakeFirst();
      if (!pass || pass.endsAt <= now().toISOString()) return undefined;
      return { groups: JSON.parse(pass.groups), endsAt: pass.endsAt };
    },

    /** Those that hold, and those that ended since the morning. */
    async all(): Promise<DayPassLine[]> {
      const since = new Date(now().getTime() - 12 * 3_600_000).toISOString();
      const rows = await store
        .selectFrom('dayPasses')
        .innerJoin('people', 'people.id', 'dayPasses.person')
        .select([
          'dayPasses.id',
          'people.name',
          'dayPasses.groups',
          'dayPasses.endsAt',
          'dayPasses.givenBy',
          'dayPasses.usedAt',
          'dayPasses.endedAt',
        ])
        .where('dayPasses.endsAt', '>', since)
        .orderBy('dayPasses.givenAt', 'desc')
        .execute();
      return rows.map(({ groups, endedAt, usedAt, ...row }) => ({
        ...row,
        groups: JSON.parse(groups),
        state: endedAt || row.endsAt <= now().toISOString() ? 'ended' : usedAt ? 'in-use' : 'given',
      }));
    },
  };
}
export type DayPasses = ReturnType<typeof createDayPasses>;
