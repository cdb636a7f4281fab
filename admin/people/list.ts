import { opensThings } from '../roles.ts';
import type { Store } from '../store/tables.ts';
import { type Actor, mayAppoint } from './actor.ts';
import type { PersonLine } from './wire.ts';

/** Everybody who works here, active ones first, as one of them may see and change them. */
export async function listPeople(
  store: Store,
  asks: Actor,
  secondFactor: 'required' | 'off',
): Promise<PersonLine[]> {
  const rows = await store
    .selectFrom('people')
    .select(({ selectFrom }) => [
      'id',
      'name',
      'email',
      'role',
      'mustChangePassword',
      'deactivatedAt',
      'twoFactorEnabled',
      selectFrom('audit')
        .select(({ fn }) => fn.max('at').as('at'))
        .whereRef('audit.person', '=', 'people.id')
        .where('audit.act', '=', 'signed-in')
        .as('lastSignInAt'),
    ])
    .where('kind', '=', 'staff')
    .orderBy('name')
    .execute();
  return rows
    .map(({ mustChangePassword, deactivatedAt, twoFactorEnabled, ...row }): PersonLine => {
      const factor = twoFactorEnabled === 1 ? 'set-up' : opensThings(row.role) ? 'missing' : 'not-needed';
      return {
        ...row,
        state: deactivatedAt ? 'deactivated' : mustChangePassword === 1 ? 'first-password' : 'active',
        secondFactor: secondFactor === 'off' ? 'off' : factor,
        mayChange: row.id !== asks.id && mayAppoint(asks, row.role),
      };
    })
    .sort((a, b) => Number(a.state === 'deactivated') - Number(b.state === 'deactivated'));
}
