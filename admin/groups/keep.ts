import type { AuditFacts } from '../audit-acts.ts';
import { writeAudit } from '../store/audit.ts';
import { hashAccount } from '../store/seats.ts';
import type { Store, Writing } from '../store/tables.ts';
import type { ClassList } from './class-list.ts';
import { type Plan, planOf, type Standing } from './plan.ts';

/** Who does it: a person of the console, or the endpoint's command line or night. */
export type By = { person: string | null; name: string };

/** What imports have kept so far; what was set by hand is not theirs to change. */
export async function readImported(store: Writing): Promise<Standing> {
  const [groups, pupils, memberships, teaches] = await Promise.all([
    store.selectFrom('groups').selectAll().where('source', '=', 'import').execute(),
    store.selectFrom('pupils').selectAll().where('source', '=', 'import').execute(),
    store.selectFrom('memberships').selectAll().where('source', '=', 'import').execute(),
    store.selectFrom('teaches').selectAll().where('source', '=', 'import').execute(),
  ]);
  const of = new Map<string, string[]>();
  for (const { account, group } of memberships) of.set(account, [...(of.get(account) ?? []), group]);
  return {
    groups,
    pupils: pupils.map((pupil) => ({ ...pupil, groups: of.get(pupil.account) ?? [] })),
    teaches,
  };
}

/** Puts a class list in the place of the last import, all of it or nothing, and says what changed. */
export async function keepClassList(store: Store, list: ClassList, by: By, now: Date): Promise<Plan> {
  const at = now.toISOString();
  return store.transaction().execute(async (writing) => {
    const plan = planOf(list, await readImported(writing));
    await writing.deleteFrom('memberships').where('source', '=', 'import').execute();
    await writing.deleteFrom('teaches').where('source', '=', 'import').execute();
    for (const { id, name, stage } of list.groups)
      await writing
        .insertInto('groups')
        .values({ id, name, stage, source: 'import', endedAt: null })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet({ name, stage, source: 'import', endedAt: null }),
        )
        .execute();
    if (plan.endedGroups.length > 0)
      await writing
        .updateTable('groups')
        .set({ endedAt: at })
        .where(
          'id',
          'in',
          plan.endedGroups.map(({ id }) => id),
        )
        .execute();
    for (const { account, name, stage } of list.pupils)
      await writing
        .insertInto('pupils')
        .values({
          account,
          hash: hashAccount(account),
          name,
          stage,
          source: 'import',
          joinedAt: at,
          leftAt: null,
        })
        .onConflict((conflict) =>
          conflict.column('account').doUpdateSet({ name, stage, source: 'import', leftAt: null }),
        )
        .execute();
    for (const part of chunks(plan.leavers.map(({ account }) => account)))
      await writing.updateTable('pupils').set({ leftAt: at }).where('account', 'in', part).execute();
    const memberships = list.pupils.flatMap(({ account, groups }) =>
      groups.map((group) => ({ account, group, source: 'import' as const })),
    );
    for (const part of chunks(memberships))
      await writing
        .insertInto('memberships')
        .values(part)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    for (const part of chunks(list.teaches.map((one) => ({ ...one, source: 'import' as const }))))
      await writing
        .insertInto('teaches')
        .values(part)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    await writeAudit(writing, [
      { at: now, person: by.person, by: by.name, act: 'imported-classes', facts: factsOf(plan) },
    ]);
    return plan;
  });
}

/** Counts only: names of children stay out of the audit. */
const factsOf = ({ joiners, leavers, movers, newGroups, endedGroups }: Plan): AuditFacts => ({
  joined: joiners.length,
  left: leavers.length,
  moved: movers.length,
  newClasses: newGroups.length,
  endedClasses: endedGroups.length,
});

/** The same for a command line. */
export const sayPlan = ({ joiners, leavers, movers, newGroups, endedGroups, same }: Plan): string =>
  `joined ${joiners.length}, left ${leavers.length}, moved ${movers.length}, unchanged ${same}, ` +
  `new classes ${newGroups.length}, ended classes ${endedGroups.length}`;

/** SQLite takes some thousand values in one statement. */
const AT_ONCE = 1_000;

function chunks<T>(all: readonly T[]): T[][] {
  const out: T[][] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) out.push(all.slice(from, from + AT_ONCE));
  return out;
}
