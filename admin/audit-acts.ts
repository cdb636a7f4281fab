import { z } from 'zod';
import { Role } from './console-wire.ts';

/**
 * Everything that the audit can say somebody did. The audit page has words for each (`audit_…` of the console's
 * locales, held by a test), so a new act is a line here and its words.
 */
export const auditActs = [
  'signed-in',
  'sign-in-failed',
  'changed-password',
  'set-up-second-factor',
  'reset-second-factor',
  'added-person',
  'removed-person',
  'changed-role',
  'deactivated-person',
  'reactivated-person',
  'reset-password',
  'gave-day-pass',
  'renewed-day-pass',
  'ended-day-pass',
  'sealed-break-glass',
  'used-break-glass',
  'reveal',
  'no-concern',
  'done',
  'reopen',
  'note',
  'started-lesson',
  'extended-lesson',
  'stopped-lesson',
  'lesson-ended',
  'eyes-up',
  'eyes-down',
  'added-sites',
  'removed-site',
  'ticked-seats',
  'opened-seat',
  'presents-lesson',
  'ends-presenting',
  'approved-site',
  'ended-approval',
  'consented',
  'refused-consent',
  'asked-unblock',
  'agreed-unblock',
  'refused-unblock',
  'ended-unblock',
  'network-closed',
  'unblock-ran-out',
  'set-homework',
  'ended-homework',
  'homework-ran-out',
  'said-yes',
  'said-no',
  'saw-request',
  'request-ran-out',
  'suspended',
  'lifted-suspension',
  'set-need',
  'ended-need',
  'saw-class',
  'imported-classes',
  'set-nightly-classes',
  'classes-wait',
  'group-make',
  'group-end',
  'group-add-pupil',
  'group-remove-pupil',
  'group-add-teacher',
  'group-remove-teacher',
  'published-policy',
  'set-orders',
  'subscribed-list',
  'removed-list',
  'list-live',
  'refused-list',
  'revoked-list-exception',
  'restored-list-exception',
  'set-upstream',
  'packed-extension',
  'began-key-rotation',
  'finished-key-rotation',
  'raised-epoch',
  'retention',
] as const;
export type AuditAct = (typeof auditActs)[number];

const Names = z.array(z.string()).min(1);
const Count = z.int().min(0);

/**
 * What the audit page adds to an act, in the order in which it is said. Every fact is fit for whoever sees the audit
 * and for six years: adults, classes, sites that staff chose, counts. Never a child, a child's words or the address
 * of a report: those stand on the report, and go with it.
 */
export const AuditFacts = z
  .object({
    /** A member of staff, whoever has a day pass, or the second person of the sealed account. */
    name: z.string(),
    role: Role,
    roleBefore: Role,
    /** How somebody came in. */
    way: z.enum(['password', 'second-factor', 'backup-code', 'google', 'day-pass', 'break-glass', 'unknown']),
    /** Classes by their ids; the page reads their names. */
    classes: Names,
    lesson: z.enum(['demonstration', 'directly-supervised', 'directed', 'supervised']),
    /** An approved site by its title, or what was opened as it was pasted. */
    title: z.string(),
    sites: Names,
    siteCount: Count,
    sitesLeft: Count,
    bundles: Count,
    seats: Count,
    cover: z.literal(true),
    byCode: z.literal(true),
    ended: z.enum(['by-its-end', 'no-adult']),
    until: z.iso.datetime(),
    need: z.enum(['wider', 'stricter']),
    joined: Count,
    left: Count,
    moved: Count,
    newClasses: Count,
    endedClasses: Count,
    file: z.string(),
    list: z.string(),
    host: z.string(),
    hosts: Count,
    added: Count,
    removed: Count,
    lessons: Count,
    grants: Count,
    closings: Count,
    suspensions: Count,
    who: z.string(),
    version: z.string(),
    /** The policy's own change note. */
    changed: z.string(),
    why: z.string(),
    /** The policy came without a line of its history. */
    noNote: z.literal(true),
    epoch: Count,
    extension: z.string(),
    childAnswered: z.literal(true),
    reports: Count,
    requests: Count,
    /** When the report or request came that it is about; the page adds it. */
    report: z.iso.datetime(),
    request: z.iso.datetime(),
    /** The class that it came from; the page adds that too. */
    from: z.string(),
  })
  .partial();
export type AuditFacts = z.infer<typeof AuditFacts>;
