import { parseEntry } from '../rules/entry.ts';
import { type EntryLine, Policy } from '../rules/policy.ts';
import { type Issue, issuesOf } from './plain-issues.ts';
import { may } from './roles.ts';
import { sameIds } from './same-ids.ts';
import { withNames } from './shown-path.ts';
import { unknownAmong, unknownFields } from './unknown-fields.ts';

export type PolicyChecked =
  | { ok: true; policy: Policy }
  | { ok: false; code: 'not-a-policy'; issues: Issue[] };

/** The schema number of the policies that this Keystage writes. */
const schema = 1;

/**
 * Checks a policy as a person wrote it: its shape, that every field is one that Keystage reads, that it is this
 * school's, and every entry of every list. What publication sets by itself (schema, epoch, issue time) may be missing.
 */
export function checkPolicy(written: unknown, school: string): PolicyChecked {
  const refused = (issues: Issue[]): PolicyChecked => ({
    ok: false,
    code: 'not-a-policy',
    issues: withNames(issues, written),
  });
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    return refused([{ path: '', problem: 'is not a policy document' }]);
  const read = Policy.safeParse({
    schema,
    mustUnderstand: [],
    epoch: 0,
    issuedAt: new Date(0).toISOString(),
    kind: 'policy',
    ...written,
  });
  if (!read.success) return refused([...unknownAmong(written, fields), ...issuesOf(read.error, written)]);
  const policy = read.data;
  const issues = [
    ...otherSchool(policy, school),
    ...unknownFields(written, policy),
    ...versionIssues(policy),
    ...entryIssues(policy),
    ...unknownNames(policy),
    ...readerIssues(policy),
    ...sameIds('lists', policy.lists),
    ...sameIds('groups', policy.groups),
    ...sameIds('bundles', policy.bundles),
  ];
  return issues.length > 0 ? refused(issues) : { ok: true, policy };
}

const fields = Object.keys(Policy.shape);

const otherSchool = (policy: Policy, school: string): Issue[] =>
  policy.school === school
    ? []
    : [
        {
          path: 'school',
          problem: `is "${policy.school}", but this endpoint is "${school}": write "school": "${school}" in the file`,
        },
      ];

/** What only a newer Keystage could mean: every device of the school would refuse it (`utils/verify.ts`). */
const versionIssues = (policy: Policy): Issue[] => [
  ...(policy.schema === schema
    ? []
    : [{ path: 'schema', problem: `is ${policy.schema}, but this Keystage writes ${schema}: leave it out` }]),
  ...policy.mustUnderstand.flatMap((field, at) =>
    fields.includes(field)
      ? []
      : [{ path: `mustUnderstand[${at}]`, problem: `a policy has no field "${field}"` }],
  ),
];

const entryIssues = (policy: Policy): Issue[] =>
  [...entriesOf(policy)].flatMap(({ path, line }) => {
    const entry = parseEntry(line.entry);
    return entry.ok ? [] : [{ path: `${path}.entry`, problem: `${entry.code}: ${entry.reason}` }];
  });

/** Groups and roles that a policy speaks of and does not have. `Policy` itself checks those of overlays. */
function unknownNames({ lists, groups, reports, contacts }: Policy): Issue[] {
  const known = groups.map(({ id }) => id);
  return [
    ...lists.flatMap((list, at) =>
      (list.groups ?? [])
        .filter((id) => !known.includes(id))
        .map((id) => ({
          path: `lists[${at}].groups`,
          problem: `there is no group "${id}"; the policy has ${known.join(', ') || 'none'}`,
        })),
    ),
    ...(contacts.some(({ role }) => role === reports.to)
      ? []
      : [{ path: 'reports.to', problem: `is "${reports.to}", but no contact has this role` }]),
  ];
}

/** A child is told who reads the report: somebody who may. */
const readerIssues = ({ reports: { to } }: Policy): Issue[] =>
  may(to, 'see-inbox')
    ? []
    : [
        {
          path: 'reports.to',
          problem: `is "${to}", who reads no reports: write ${readers.map((role) => `"${role}"`).join(' or ')}`,
        },
      ];

const readers = Policy.shape.reports.shape.to.options.filter((role) => may(role, 'see-inbox'));

/** Every entry of a policy, with its place in the document. */
export function* entriesOf(policy: Policy): Generator<{ path: string; line: EntryLine }> {
  for (const [index, list] of policy.lists.entries())
    for (const [at, line] of list.entries.entries()) yield { path: `lists[${index}].entries[${at}]`, line };
  for (const [index, bundle] of policy.bundles.entries())
    for (const [at, line] of bundle.pages.entries()) yield { path: `bundles[${index}].pages[${at}]`, line };
  for (const [index, { entries = [] }] of (policy.overlays ?? []).entries())
    for (const [at, line] of entries.entries()) yield { path: `overlays[${index}].entries[${at}]`, line };
}
