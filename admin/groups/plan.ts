import type { ClassList } from './class-list.ts';

/** What stands in the store of an import's own lines. */
export type Standing = {
  groups: { id: string; name: string; stage: string; endedAt: string | null }[];
  pupils: { account: string; name: string; stage: string; leftAt: string | null; groups: string[] }[];
  teaches: { email: string; group: string }[];
};

/** What an import would change. `same` counts pupils of whom nothing changes. */
export type Plan = {
  joiners: ClassList['pupils'];
  leavers: { account: string; name: string }[];
  movers: { account: string; name: string; from: string[]; to: string[]; stage: string }[];
  newGroups: ClassList['groups'];
  endedGroups: { id: string; name: string }[];
  same: number;
};

/** Compares a class list with what stands: joiners, leavers, movers, new classes and classes that end. */
export function planOf(list: ClassList, standing: Standing): Plan {
  const here = new Map(
    standing.pupils.filter(({ leftAt }) => leftAt === null).map((pupil) => [pupil.account, pupil]),
  );
  const listed = new Set(list.pupils.map(({ account }) => account));
  const groupsHere = new Set(standing.groups.filter(({ endedAt }) => endedAt === null).map(({ id }) => id));
  const groupsListed = new Set(list.groups.map(({ id }) => id));
  const movers = list.pupils.flatMap(({ account, name, stage, groups }) => {
    const before = here.get(account);
    if (!before) return [];
    const moved =
      before.stage !== stage ||
      before.name !== name ||
      [...before.groups].sort().join() !== [...groups].sort().join();
    return moved ? [{ account, name, from: before.groups, to: groups, stage }] : [];
  });
  const joiners = list.pupils.filter(({ account }) => !here.has(account));
  return {
    joiners,
    leavers: [...here.values()]
      .filter(({ account }) => !listed.has(account))
      .map(({ account, name }) => ({ account, name })),
    movers,
    newGroups: list.groups.filter(({ id }) => !groupsHere.has(id)),
    endedGroups: standing.groups
      .filter(({ id, endedAt }) => endedAt === null && !groupsListed.has(id))
      .map(({ id, name }) => ({ id, name })),
    same: list.pupils.length - joiners.length - movers.length,
  };
}

/** A nightly file that takes this share of the pupils away is a broken one until a person says otherwise. */
const MAY_LEAVE = 0.2;

/** Null if a plan may go ahead by itself; else why a person should look at it first. */
export function needsAPerson({ leavers, movers, same }: Plan): string | null {
  const before = leavers.length + movers.length + same;
  if (before < 10 || leavers.length / before <= MAY_LEAVE) return null;
  return `${leavers.length} of ${before} pupils would leave at once`;
}
