import type { Policy } from '../../rules/policy.ts';
import type { Stage } from '../../rules/stages.ts';
import { writeAudit } from '../store/audit.ts';
import { hashAccount } from '../store/seats.ts';
import type { Store, Writing } from '../store/tables.ts';
import { accountOf, groupIdOf, isAccount } from './class-list.ts';
import type { By } from './keep.ts';
import type { ChangeGroup } from './wire.ts';

export type GroupChanged =
  | { ok: true; group: string }
  | {
      ok: false;
      code: 'no-group' | 'known-group' | 'not-a-name' | 'not-an-account' | 'no-pupil';
      problem: string;
    };

/** One change of a class by hand. What an import brought stays the import's; a line by hand outlives it. */
export async function changeGroup(
  store: Store,
  policy: Policy | null,
  asked: ChangeGroup,
  by: By,
  now: Date,
): Promise<GroupChanged> {
  return store.transaction().execute(async (writing) => {
    const changed = await change(writing, policy, asked, now);
    if (changed.ok)
      await writeAudit(writing, [
        {
          at: now,
          person: by.person,
          by: by.name,
          act: `group-${asked.change}`,
          facts: { classes: [changed.group] },
        },
      ]);
    return changed;
  });
}

async function change(
  writing: Writing,
  policy: Policy | null,
  asked: ChangeGroup,
  now: Date,
): Promise<GroupChanged> {
  if (asked.change === 'make') return makeGroup(writing, policy, asked);
  const group = await groupOf(writing, policy, asked.group);
  if (!group) return { ok: false, code: 'no-group', problem: `there is no class "${asked.group}"` };
  const done: GroupChanged = { ok: true, group: group.id };
  switch (asked.change) {
    case 'end':
      await writing
        .updateTable('groups')
        .set({ endedAt: now.toISOString() })
        .where('id', '=', group.id)
        .execute();
      return done;
    case 'add-pupil':
      return addPupil(writing, group, asked, now);
    case 'remove-pupil': {
      const { numDeletedRows } = await writing
        .deleteFrom('memberships')
        .where('account', '=', accountOf(asked.account))
        .where('group', '=', group.id)
        .executeTakeFirst();
      return numDeletedRows > 0n
        ? done
        : { ok: false, code: 'no-pupil', problem: 'this pupil is not in the class' };
    }
    case 'add-teacher': {
      const email = accountOf(asked.email);
      if (!isAccount(email)) return notAnAccount(asked.email);
      await writing
        .insertInto('teaches')
        .values({ email, group: group.id, source: 'hand' })
        .onConflict((conflict) => conflict.columns(['email', 'group']).doUpdateSet({ source: 'hand' }))
        .execute();
      return done;
    }
    case 'remove-teacher':
      await writing
        .deleteFrom('teaches')
        .where('email', '=', accountOf(asked.email))
        .where('group', '=', group.id)
        .execute();
      return done;
  }
}

const notAnAccount = (text: string): GroupChanged => ({
  ok: false,
  code: 'not-an-account',
  problem: `"${text}" is not an account such as name@school.example`,
});

async function makeGroup(
  writing: Writing,
  policy: Policy | null,
  { name, stage }: { name: string; stage: Stage },
): Promise<GroupChanged> {
  const id = groupIdOf(name);
  if (id === '') return { ok: false, code: 'not-a-name', problem: `"${name}" has no letter or figure` };
  if (await groupOf(writing, policy, id))
    return { ok: false, code: 'known-group', problem: `there is a class "${id}" already` };
  await writing
    .insertInto('groups')
    .values({ id, name, stage, source: 'hand', endedAt: null })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ name, stage, source: 'hand', endedAt: null }),
    )
    .execute();
  return { ok: true, group: id };
}

/** A class of the store, or of the policy: then the store gets a line of it, so that pupils can be in it. */
async function groupOf(writing: Writing, policy: Policy | null, id: string) {
  const kept = await writing
    .selectFrom('groups')
    .selectAll()
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  if (kept) return kept;
  const named = policy?.groups.find((group) => group.id === id);
  if (!named) return undefined;
  const line = { ...named, source: 'hand' as const, endedAt: null };
  await writing
    .insertInto('groups')
    .values(line)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(line))
    .execute();
  return line;
}

async function addPupil(
  writing: Writing,
  group: { id: string; stage: string },
  asked: { account: string; name: string },
  now: Date,
): Promise<GroupChanged> {
  const account = accountOf(asked.account);
  if (!isAccount(account)) return notAnAccount(asked.account);
  const { id, stage } = group;
  await writing
    .insertInto('pupils')
    .values({
      account,
      hash: hashAccount(account),
      name: asked.name,
      stage,
      source: 'hand',
      joinedAt: now.toISOString(),
      leftAt: null,
    })
    // Somebody whom an import knows stays as the import says; somebody who had left is back.
    .onConflict((conflict) => conflict.column('account').doUpdateSet({ leftAt: null }))
    .execute();
  await writing
    .insertInto('memberships')
    .values({ account, group: id, source: 'hand' })
    .onConflict((conflict) => conflict.columns(['account', 'group']).doUpdateSet({ source: 'hand' }))
    .execute();
  return { ok: true, group: id };
}
