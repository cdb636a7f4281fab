import type { Role } from './console-wire.ts';

/** Everything that a person can do in the console, and that is not everybody's. */
export type Deed =
  | 'see-inbox'
  | 'act-on-items'
  /** Title, address and account: each look is logged. */
  | 'reveal'
  /** Reports about a grown-up at school. */
  | 'see-restricted'
  /** How many reports, requests and lessons, and how soon they were seen to: no child, no address. */
  | 'see-figures'
  | 'see-fleet'
  /** Also "preview as a pupil": what an address would do, and what the child would read. */
  | 'test-addresses'
  /** Start, extend, stop, eyes up, and who has joined: for one's own classes. */
  | 'run-lessons'
  /** Add an address that stands on no approved list to a lesson, and set homework. */
  | 'paste-sites'
  | 'answer-requests'
  /** Put a site on the school's approved list, with its reason (FIELD T1–T6). */
  | 'approve-sites'
  /** Consent to social media and new technology (FIELD T4, T5). */
  | 'consent'
  | 'ask-unblock'
  | 'decide-unblock'
  | 'manage-lists'
  /** Publish another version of the policy: another timetable. Approvals have a deed of their own. */
  | 'publish-policy'
  /** Classes, their pupils and their teachers. */
  | 'manage-classes'
  /** One pupil's individual needs, and suspension of access (FIELD N1, I7). */
  | 'care-for-pupils'
  | 'manage-people'
  | 'give-day-pass'
  | 'see-audit';

const teaching = ['run-lessons', 'test-addresses', 'ask-unblock'] as const satisfies Deed[];
const leading = [
  ...teaching,
  'paste-sites',
  'answer-requests',
  'approve-sites',
  'care-for-pupils',
  'see-figures',
] as const satisfies Deed[];
const safeguarding = ['see-inbox', 'act-on-items', 'reveal', 'see-fleet'] as const satisfies Deed[];

/**
 * Who may do what: each role sees what its work needs. The network manager keeps the machines running and reads no
 * child's report; a governor reads figures; whoever has a day pass runs lessons from approved lists, and no more.
 */
const mayDo: Record<Role, readonly Deed[]> = {
  principal: [
    ...leading,
    ...safeguarding,
    'see-restricted',
    'consent',
    'publish-policy',
    'manage-classes',
    'manage-people',
    'give-day-pass',
    'see-audit',
  ],
  slt: [
    ...leading,
    'consent',
    'publish-policy',
    'manage-classes',
    'manage-people',
    'give-day-pass',
    'see-audit',
  ],
  dsl: [...leading, ...safeguarding, 'see-restricted', 'see-audit'],
  coordinator: [...leading, ...safeguarding],
  teacher: [...teaching, 'paste-sites', 'answer-requests', 'approve-sites'],
  'teaching-assistant': teaching,
  supply: ['run-lessons'],
  'network-manager': [
    'see-fleet',
    'test-addresses',
    'answer-requests',
    'decide-unblock',
    'manage-lists',
    'publish-policy',
    'manage-classes',
  ],
  office: ['give-day-pass', 'manage-classes'],
  governor: ['see-figures'],
};

export const may = (role: Role, deed: Deed): boolean => mayDo[role].includes(deed);

export const rolesThatMay = (deed: Deed): Role[] =>
  (Object.keys(mayDo) as Role[]).filter((role) => may(role, deed));

/** Roles that can open something for pupils: they sign in with a second factor (issue 4.1). */
export const opensThings = (role: Role): boolean =>
  may(role, 'run-lessons') || may(role, 'approve-sites') || may(role, 'decide-unblock');

/** Whether a role does everything that another one does. */
export const covers = (role: Role, other: Role): boolean => mayDo[other].every((deed) => may(role, deed));
