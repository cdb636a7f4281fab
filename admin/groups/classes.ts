import type { Policy } from '../../rules/policy.ts';
import { Stage, stages } from '../../rules/stages.ts';
import type { OrderedSeat } from '../orders-for-seat.ts';
import type { Writing } from '../store/tables.ts';

/** A class or other set, wherever it stands. */
export type Class = {
  id: string;
  name: string;
  stage: Stage;
  source: 'policy' | 'import' | 'hand';
  pupils: number;
};

/** Every class of the school: of the policy, and of its class lists, whose name and stage count for more. */
export async function allClasses(store: Writing, policy: Policy | null): Promise<Class[]> {
  const [kept, counts] = await Promise.all([
    store.selectFrom('groups').selectAll().execute(),
    store
      .selectFrom('memberships')
      .innerJoin('pupils', 'pupils.account', 'memberships.account')
      .where('pupils.leftAt', 'is', null)
      .select(({ fn }) => ['memberships.group', fn.countAll<number>().as('pupils')])
      .groupBy('memberships.group')
      .execute(),
  ]);
  const pupilsIn = new Map(counts.map(({ group, pupils }) => [group, Number(pupils)]));
  const classes = new Map<string, Class>();
  for (const { id, name, stage } of policy?.groups ?? [])
    classes.set(id, { id, name, stage, source: 'policy', pupils: pupilsIn.get(id) ?? 0 });
  for (const { id, name, stage, source, endedAt } of kept) {
    const read = Stage.safeParse(stage);
    if (endedAt === null && read.success)
      classes.set(id, { id, name, stage: read.data, source, pupils: pupilsIn.get(id) ?? 0 });
  }
  return [...classes.values()].sort(byAge);
}

/**
 * Youngest first, as a school says them: Nursery, Reception, 1A, 2B … 10C. Within a stage the year counts before the
 * name; whoever is no pupil comes last.
 */
export const byAge = (one: Pick<Class, 'name' | 'stage'>, other: Pick<Class, 'name' | 'stage'>): number =>
  stages.indexOf(one.stage) - stages.indexOf(other.stage) ||
  one.name.localeCompare(other.name, 'en', { numeric: true });

/** The classes that a member of staff has, by e-mail. */
export const classesOf = async (store: Writing, email: string): Promise<string[]> =>
  (await store.selectFrom('teaches').select('group').where('email', '=', email.toLowerCase()).execute()).map(
    ({ group }) => group,
  );

/** Names of pupils by the account that their seat is known by. Null for a seat without a known account. */
export async function namesBySeat(
  store: Writing,
): Promise<(seat: Pick<OrderedSeat, 'account'>) => string | null> {
  const rows = await store
    .selectFrom('pupils')
    .select(['hash', 'name'])
    .where('leftAt', 'is', null)
    .execute();
  const byHash = new Map(rows.map(({ hash, name }) => [hash, name]));
  return ({ account }) => (account === null ? null : (byHash.get(account) ?? null));
}

/** The pupils of one class, by name. */
export const pupilsIn = (store: Writing, group: string) =>
  store
    .selectFrom('memberships')
    .innerJoin('pupils', 'pupils.account', 'memberships.account')
    .select(['pupils.account', 'pupils.name', 'memberships.source'])
    .where('memberships.group', '=', group)
    .where('pupils.leftAt', 'is', null)
    .orderBy('pupils.name')
    .execute();
