import { z } from 'zod';
import { singleVideo } from '../../rules/bundles/video.ts';
import { EntryLine, type SchoolList } from '../../rules/policy.ts';
import { Stage } from '../../rules/stages.ts';
import { sha256 } from '../sign.ts';
import type { Writing } from '../store/tables.ts';
import { type ApprovalKind, type ApprovalLine, ApprovalSays } from './wire.ts';

/** Lists of the policy that hold what staff approved; every other list is the school's own hand. */
const LIST_PREFIX = 'staff-approved-';

type Kept = Omit<ApprovalLine, 'mine'> & { person: string };

/** Every approval, the latest first, whatever became of it. */
export async function approvalsIn(store: Writing): Promise<Kept[]> {
  const rows = await store.selectFrom('approvals').selectAll().orderBy('at', 'desc').execute();
  return rows.map((row) => ({
    id: row.id,
    line: EntryLine.parse(JSON.parse(row.line)),
    stages: z.array(Stage).parse(JSON.parse(row.stages)),
    groups: z.array(z.string()).parse(JSON.parse(row.groups)),
    says: ApprovalSays.parse(JSON.parse(row.says)),
    state: row.state,
    person: row.person,
    by: row.by,
    at: row.at,
    consentBy: row.consentBy,
    consentWhy: row.consentWhy,
  }));
}

/** One video is its page and its players; anything else is its own entry. */
export const linesOf = (line: EntryLine, kind: ApprovalKind): EntryLine[] => {
  const { entry, ...rest } = line;
  return (kind === 'video' && singleVideo(entry, rest)) || [line];
};

/** The lists of the policy that hold what staff approved: one for each set of stages and classes. */
export function listsFrom(approvals: readonly Kept[]): SchoolList[] {
  const lists = new Map<string, SchoolList>();
  for (const { state, line, stages, groups, says } of [...approvals].reverse()) {
    if (state !== 'in-force') continue;
    const whom = JSON.stringify([stages, groups]);
    const id = `${LIST_PREFIX}${sha256(whom).slice(0, 12)}`;
    const list = lists.get(id) ?? {
      id,
      title: `Approved by staff: ${[...stages, ...groups].join(', ')}`.slice(0, 120),
      says: 'open' as const,
      ...(stages.length > 0 ? { stages } : {}),
      ...(groups.length > 0 ? { groups } : {}),
      entries: [],
    };
    list.entries.push(...linesOf(line, says.kind));
    lists.set(id, list);
  }
  return [...lists.values()];
}

export const withoutStaffLists = (lists: readonly SchoolList[]): SchoolList[] =>
  lists.filter(({ id }) => !id.startsWith(LIST_PREFIX));
