import { createLocalAccountIssuer } from 'better-auth/db';
import type { AuditAct } from '../audit-acts.ts';
import type { Role } from '../console-wire.ts';
import { may } from '../roles.ts';
import { writeAudit } from '../store/audit.ts';
import type { Store } from '../store/tables.ts';
import { type Actor, asAuthor, mayAppoint } from './actor.ts';
import type { Auth } from './auth.ts';
import { makeOneTimePassword } from './codes.ts';
import type { GivenRole } from './wire.ts';

type Dependencies = { store: Store; auth: Auth; now: () => Date; left: (person: string) => Promise<void> };

/** Why somebody was not changed. */
export type StaffRefusal =
  | 'no-person'
  /** One's own account: nobody raises their own role, or locks themselves out. */
  | 'yourself'
  /** They do, or would, more than whoever asks. */
  | 'above-you'
  | 'last-principal'
  /** The break-glass account tells this person: seal it again with another one first. */
  | 'told-of-break-glass'
  | 'deactivated';
type Refused = { ok: false; code: StaffRefusal };
type Done = { ok: true };
type WithPassword = { ok: true; oneTimePassword: string };
type Staff = { id: string; name: string; role: Role; deactivatedAt: string | null };

/** The people who work at the school: who they are, what they may do, and how they come in. */
export function createStaff({ store, auth, now, left }: Dependencies) {
  const write = (by: Actor, act: AuditAct, { name, role }: Staff, before?: Role) =>
    writeAudit(store, [
      {
        at: now(),
        ...asAuthor(by),
        act,
        facts: { name, ...(before ? { roleBefore: before } : {}), role },
      },
    ]);

  async function find(id: string, by: Actor): Promise<{ ok: true; person: Staff } | Refused> {
    const person = await store
      .selectFrom('people')
      .select(['id', 'name', 'role', 'deactivatedAt'])
      .where('id', '=', id)
      .where('kind', '=', 'staff')
      .executeTakeFirst();
    if (!person) return { ok: false, code: 'no-person' };
    if (person.id === by.id) return { ok: false, code: 'yourself' };
    // Else whoever came in by the sealed account resets who is told of it, and takes the notice away as them.
    const told = await store
      .selectFrom('breakGlass')
      .select('tells')
      .where('tells', '=', id)
      .where('person', '=', by.id ?? '')
      .executeTakeFirst();
    if (told) return { ok: false, code: 'told-of-break-glass' };
    return mayAppoint(by, person.role) ? { ok: true, person } : { ok: false, code: 'above-you' };
  }

  /** Whoever leaves the post must not be the last one who can give it, nor the one whom the sealed account tells. */
  async function mayLeave(person: Staff): Promise<Refused | undefined> {
    const told = await store
      .selectFrom('breakGlass')
      .select('tells')
      .where('tells', '=', person.id)
      .executeTakeFirst();
    if (told) return { ok: false, code: 'told-of-break-glass' };
    return isLastPrincipal(person);
  }

  async function isLastPrincipal(person: Staff): Promise<Refused | undefined> {
    if (person.role !== 'principal' || person.deactivatedAt) return undefined;
    const others = await store
      .selectFrom('people')
      .select('id')
      .where('role', '=', 'principal')
      .where('kind', '=', 'staff')
      .where('deactivatedAt', 'is', null)
      .where('id', '!=', person.id)
      .execute();
    return others.length === 0 ? { ok: false, code: 'last-principal' } : undefined;
  }

  /** A new one-time password in place of every way in that there was. */
  async function newPassword(person: string): Promise<string> {
    const { internalAdapter, password } = await auth.$context;
    const oneTimePassword = makeOneTimePassword();
    await store.deleteFrom('passwords').where('userId', '=', person).execute();
    await internalAdapter.linkAccount({
      userId: person,
      accountId: person,
      providerId: 'credential',
      issuer: createLocalAccountIssuer('credential'),
      password: await password.hash(oneTimePassword),
    });
    await store.updateTable('people').set({ mustChangePassword: 1 }).where('id', '=', person).execute();
    await endSignIns(person);
    return oneTimePassword;
  }

  const endSignIns = (person: string) => store.deleteFrom('signIns').where('userId', '=', person).execute();

  const forgetSecondFactor = async (person: string) => {
    await store.deleteFrom('secondFactors').where('userId', '=', person).execute();
    await store.deleteFrom('verifications').where('value', '=', person).execute();
    await store.updateTable('people').set({ twoFactorEnabled: 0 }).where('id', '=', person).execute();
  };

  return {
    /** The id of a member of staff by their e-mail address. */
    idOf: async (email: string): Promise<string | undefined> =>
      (
        await store
          .selectFrom('people')
          .select('id')
          .where('email', '=', email.toLowerCase())
          .where('kind', '=', 'staff')
          .executeTakeFirst()
      )?.id,

    /** Adds a person with a one-time password, which is shown once and must be changed at the first sign-in. */
    async add(
      { name, email: written, role }: { name: string; email: string; role: GivenRole },
      by: Actor,
    ): Promise<WithPassword | { ok: false; code: 'known-email' | 'above-you' }> {
      if (!mayAppoint(by, role)) return { ok: false, code: 'above-you' };
      const email = written.toLowerCase();
      const known = await store
        .selectFrom('people')
        .select('id')
        .where('email', '=', email)
        .executeTakeFirst();
      if (known) return { ok: false, code: 'known-email' };
      const { internalAdapter } = await auth.$context;
      const user = await internalAdapter.createUser(
        { name, email, emailVerified: true, role, mustChangePassword: true, kind: 'staff' },
        { method: 'admin' },
      );
      const oneTimePassword = await newPassword(user.id);
      await write(by, 'added-person', { id: user.id, name, role, deactivatedAt: null });
      return { ok: true, oneTimePassword };
    },

    /** Another role, from their next request on. */
    async changeRole(id: string, role: GivenRole, by: Actor): Promise<Done | Refused> {
      const found = await find(id, by);
      if (!found.ok) return found;
      const { person } = found;
      if (!mayAppoint(by, role)) return { ok: false, code: 'above-you' };
      if (person.role === role) return { ok: true };
      const refused = await isLastPrincipal(person);
      if (refused) return refused;
      await store.updateTable('people').set({ role }).where('id', '=', id).execute();
      await write(by, 'changed-role', { ...person, role }, person.role);
      if (!may(role, 'run-lessons')) await left(id);
      return { ok: true };
    },

    /** They sign in no more: what is signed in ends at once, and so do their lessons. Their name stays. */
    async deactivate(id: string, by: Actor): Promise<Done | Refused> {
      const found = await find(id, by);
      if (!found.ok) return found;
      const refused = await mayLeave(found.person);
      if (refused) return refused;
      if (found.person.deactivatedAt) return { ok: true };
      await store
        .updateTable('people')
        .set({ deactivatedAt: now().toISOString() })
        .where('id', '=', id)
        .execute();
      await store.deleteFrom('passwords').where('userId', '=', id).execute();
      await endSignIns(id);
      await write(by, 'deactivated-person', found.person);
      await left(id);
      return { ok: true };
    },

    /** A new one-time password for somebody who forgot theirs, or who comes back; whoever is signed in as them is so no longer. */
    async reset(id: string, by: Actor): Promise<WithPassword | Refused> {
      const found = await find(id, by);
      if (!found.ok) return found;
      const { person } = found;
      await store.updateTable('people').set({ deactivatedAt: null }).where('id', '=', id).execute();
      const oneTimePassword = await newPassword(id);
      await write(by, person.deactivatedAt ? 'reactivated-person' : 'reset-password', person);
      return { ok: true, oneTimePassword };
    },

    /** For a lost phone: they set up another one at their next sign-in, and no computer is trusted any more. */
    async resetSecondFactor(id: string, by: Actor): Promise<Done | Refused> {
      const found = await find(id, by);
      if (!found.ok) return found;
      await forgetSecondFactor(id);
      await endSignIns(id);
      await write(by, 'reset-second-factor', found.person);
      return { ok: true };
    },

    /** Removes a person altogether; what they did stays in the audit. */
    async remove(id: string, by: Actor): Promise<Done | Refused> {
      const found = await find(id, by);
      if (!found.ok) return found;
      const refused = await mayLeave(found.person);
      if (refused) return refused;
      await endSignIns(id);
      await forgetSecondFactor(id);
      await left(id);
      const { internalAdapter } = await auth.$context;
      await internalAdapter.deleteUser(id);
      await write(by, 'removed-person', found.person);
      return { ok: true };
    },
  };
}
