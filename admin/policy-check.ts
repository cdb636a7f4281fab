import { parseEntry } from '../rules/entry.ts';
import { Policy } from '../rules/policy.ts';
import { type Issue, issuesOf } from './plain-issues.ts';
import { type Partly, readable } from './readable.ts';
import { may } from './roles.ts';
import { sameIds } from './same-ids.ts';
import { withNames } from './shown-path.ts';
import { unknownFields } from './unknown-fields.ts';

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
  const filled = {
    schema,
    mustUnderstand: [],
    epoch: 0,
    issuedAt: new Date(0).toISOString(),
    kind: 'policy',
    ...written,
  };
  const read = Policy.safeParse(filled);
  const policy = read.success ? read.data : (readable(Policy, filled) ?? {});
  const issues = [
    ...otherSchool(policy, school),
    ...unknownFields(written, policy),
    ...(read.success ? [] : issuesOf(read.error, written)),
    ...versionIssues(policy),
    ...entryIssues(policy),
    ...unknownNames(policy),
    ...readerIssues(policy),
    ...sameIds('lists', policy.lists ?? []),
    ...sameIds('groups', policy.groups ?? []),
    ...sameIds('bundles', policy.bundles ?? []),
  ];
  return read.success && issues.length === 0 ? { ok: true, policy: read.data } : refused(issues);
}

/** A policy as far as it can be read: what is missing here has its own line already. */
type Written = Partly<Policy>;

const fields = Object.keys(Policy.shape);

const otherSchool = (policy: Written, school: string): Issue[] =>
  policy.school === undefined || policy.school === school
    ? []
    : [
        {
          path: 'school',
          problem: `is "${policy.school}", but this endpoint is "${school}": write "school": "${school}" in the file`,
        },
      ];

/** What only a newer Keystage could mean: every device of the school would refuse it (`utils/verify.ts`). */
const versionIssues = (policy: Written): Issue[] => [
  ...(policy.schema === undefined || policy.schema === schema
    ? []
    : [{ path: 'schema', problem: `is ${policy.schema}, but this Keystage writes ${schema}: leave it out` }]),
  ...(policy.mustUnderstand ?? []).flatMap((field, at) =>
    field === undefined || fields.includes(field)
      ? []
      : [{ path: `mustUnderstand[${at}]`, problem: `a policy has no field "${field}"` }],
  ),
];

const entryIssues = (policy: Written): Issue[] =>
  entriesOf(policy).flatMap(({ path, line }) => {
    if (line.entry === undefined) return [];
    const entry = parseEntry(line.entry);
    return entry.ok ? [] : [{ path: `${path}.entry`, problem: `${entry.code}: ${entry.reason}` }];
  });

/** Groups and roles that a policy speaks of and does not have. `Policy` itself checks those of overlays. */
function unknownNames({ lists = [], groups, reports, contacts }: Written): Issue[] {
  // One that cannot be read may be the very one that is named.
  const known = whole(groups?.map((group) => group?.id));
  const roles = whole(contacts?.map((contact) => contact?.role));
  const to = reports?.to;
  return [
    ...lists.flatMap((list, at) =>
      (list?.groups ?? [])
        .filter((id) => id !== undefined && known && !known.includes(id))
        .map((id) => ({
          path: `lists[${at}].groups`,
          problem: `there is no group "${id}"; the policy has ${known?.join(', ') || 'none'}`,
        })),
    ),
    ...(to === undefined || !roles || roles.includes(to)
      ? []
      : [{ path: 'reports.to', problem: `is "${to}", but no contact has this role` }]),
  ];
}

/** All of these, or null where one is missing, or all. */
const whole = <T>(things: readonly (T | undefined)[] = [undefined]): T[] | null => {
  const there = things.filter((thing) => thing !== undefined);
  return there.length === things.length ? there : null;
};

/** A child is told who reads the report: somebody who may. */
const readerIssues = ({ reports }: Written): Issue[] =>
  reports?.to === undefined || may(reports.to, 'see-inbox')
    ? []
    : [
        {
          path: 'reports.to',
          problem: `is "${reports.to}", who reads no reports: write ${readers.map((role) => `"${role}"`).join(' or ')}`,
        },
      ];

const readers = Policy.shape.reports.shape.to.options.filter((role) => may(role, 'see-inbox'));

/** Every entry of a policy, with its place in the document. */
export const entriesOf = <Line>(policy: WithEntries<Line>): { path: string; line: Line }[] => [
  ...placed(
    'lists',
    'entries',
    policy.lists?.map((list) => list?.entries),
  ),
  ...placed(
    'bundles',
    'pages',
    policy.bundles?.map((bundle) => bundle?.pages),
  ),
  ...placed(
    'overlays',
    'entries',
    policy.overlays?.map((overlay) => overlay?.entries),
  ),
];

type Lines<Line> = readonly (Line | undefined)[] | undefined;
type WithEntries<Line> = {
  lists?: readonly ({ entries?: Lines<Line> } | undefined)[] | undefined;
  bundles?: readonly ({ pages?: Lines<Line> } | undefined)[] | undefined;
  overlays?: readonly ({ entries?: Lines<Line> } | undefined)[] | undefined;
};

const placed = <Line>(part: string, field: string, things: readonly Lines<Line>[] = []) =>
  things.flatMap((lines = [], index) =>
    lines.flatMap((line, at) =>
      line === undefined ? [] : [{ path: `${part}[${index}].${field}[${at}]`, line }],
    ),
  );
