import { z } from 'zod';
import { CategoryId, categories } from './categories.ts';
import { EntryLine } from './entry-line.ts';
import { GrantRole, mayGrant, mayWidenAccess } from './grant-table.ts';
import { Access, isEarlyYears, type Stage } from './stages.ts';

/**
 * What holds for one pupil or group beside the rules of the stage (FIELD N1): *stricter* closes its categories and
 * entries and narrows access, *wider* opens them and widens it. Somebody answers for it, and it is looked at again.
 */
export const Overlay = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  /** Everything named must fit; something must be named. */
  scope: z.object({
    groups: z.array(z.string()).min(1).optional(),
    pupils: z.array(z.string()).min(1).optional(),
  }),
  direction: z.enum(['stricter', 'wider']),
  categories: z.array(CategoryId).optional(),
  entries: z.array(EntryLine).max(500).optional(),
  access: z.object({ alone: Access.optional(), supervised: Access.optional() }).optional(),
  /** The policy lies on every device: a reference or what was agreed, never a diagnosis (FIELD DP1). */
  reason: z.string().min(3).max(500),
  by: z.object({ role: GrantRole, name: z.string().min(1).max(120) }),
  /** The named member of staff who asked the network manager for it. */
  requestedBy: z.string().min(1).max(120).optional(),
  reviewBy: z.iso.date(),
  endsAt: z.iso.datetime().optional(),
});
export type Overlay = z.infer<typeof Overlay>;

/** What of a policy an overlay is checked against. */
type Around = {
  overlays?: readonly Overlay[] | undefined;
  groups: readonly { id: string; stage: Stage }[];
};

/** Why overlays may not stand in a policy, each with its place: the grant table holds for them, too. */
export function overlayIssues({
  overlays = [],
  groups,
}: Around): { path: (string | number)[]; message: string }[] {
  return overlays.flatMap((overlay, at) => {
    const stagesMeant = groups
      .filter(({ id }) => overlay.scope.groups?.includes(id))
      .map(({ stage }) => stage);
    return [
      ...scopeIssues(overlay, groups),
      ...(overlay.direction === 'wider' ? widerIssues(overlay, stagesMeant) : []),
    ].map(({ path, message }) => ({ path: ['overlays', at, ...path], message }));
  });
}

type Issue = { path: (string | number)[]; message: string };

function scopeIssues(
  { scope, categories: named, entries, access }: Overlay,
  groups: Around['groups'],
): Issue[] {
  const unknown = (scope.groups ?? []).filter((id) => !groups.some((group) => group.id === id));
  return [
    ...(scope.groups || scope.pupils
      ? []
      : [{ path: ['scope'], message: 'it names no group and no pupil, so it would hold for nobody' }]),
    ...unknown.map((id) => ({ path: ['scope', 'groups'], message: `there is no group "${id}"` })),
    ...(named?.length || entries?.length || access?.alone || access?.supervised
      ? []
      : [{ path: [], message: 'it changes nothing: name categories, entries or access' }]),
  ];
}

function widerIssues(
  { categories: named = [], access, by, requestedBy }: Overlay,
  stages: readonly Stage[],
): Issue[] {
  const issues: Issue[] = named.flatMap((category, at) => {
    const path = ['categories', at];
    const granted = mayGrant(by.role, category);
    if (!granted.may)
      return [
        {
          path,
          message:
            granted.code === 'nobody'
              ? `"${category}" is illegal, so nobody may open it`
              : `"${category}" is sensitive, so only the network manager may open it`,
        },
      ];
    return categories[category].class === 'sensitive' && requestedBy === undefined
      ? [
          {
            path,
            message: `"${category}" is sensitive: name the member of staff who asked for it in requestedBy`,
          },
        ]
      : [];
  });
  if (!access?.alone && !access?.supervised) return issues;
  if (!mayWidenAccess(by.role))
    issues.push({ path: ['access'], message: `a ${by.role} may not widen access` });
  if (stages.some(isEarlyYears))
    issues.push({
      path: ['access'],
      message: 'EYFS and KS1 stay closed: an adult opens their sites in a lesson',
    });
  return issues;
}
