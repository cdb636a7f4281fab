import type { DocumentKind } from '../../rules/document.ts';
import type { SettingProblem } from '../../rules/settings.ts';
import type { KnownStage } from '../../rules/stages.ts';
import type { Trouble } from '../../rules/wire.ts';

/** A document as the device holds it: `version` is `versionOf`, `at` is when it came or took force, in milliseconds. */
export type HeldVersion = { version: string; at: number };

/** Everything that the status page shows. Times are milliseconds; it holds no address but the endpoint's. */
export type Status = {
  now: number;
  extensionVersion: string;
  /** Managed storage is empty for seconds on a first start: unknown is not empty. */
  settings: { state: 'not-read-yet' } | { state: 'known' } | { state: 'wrong'; problems: SettingProblem[] };
  schoolName: string | null;
  stage: KnownStage;
  group: string | null;
  endpoint: string | null;
  /** When the endpoint last answered. */
  heardAt: number | null;
  enrolled: boolean;
  /** "Downloaded" and "in force" are different states (issue 2.4). */
  documents: Record<DocumentKind, { downloaded: HeldVersion | null; inForce: HeldVersion | null }>;
  rules: { session: number; dynamic: number };
  /** Null where the stage needs no lists. */
  listsInForce: boolean | null;
  /** What lists say of single pages: in Chrome’s rules, and beyond its budget, judged when the page is there. */
  paths?: { inRules: number; watched: number };
  /** Entries of the school that found no room in Chrome’s budgets, or cannot be read. */
  notInForce?: readonly string[];
  outbox: { waiting: number; setAside: number };
  troubles: readonly Trouble[];
  /** Promise 11: who reads reports (a title from the policy), and for how many days they are kept. */
  recorded: { to: string; reportsDays: number; requestsDays: number } | null;
};

/** Downloaded, and not what is in force. */
const waits = ({ downloaded, inForce }: Status['documents'][DocumentKind]): boolean =>
  downloaded !== null && downloaded.version !== inForce?.version;

/** The one line at the top: the worst that is true. */
export function summaryOf(status: Status): { key: string; healthy: boolean } {
  if (status.settings.state === 'not-read-yet') return { key: 'status_sum_settings_unread', healthy: false };
  if (status.settings.state === 'wrong') return { key: 'status_sum_settings_wrong', healthy: false };
  const { downloaded, inForce } = status.documents.policy;
  if (!downloaded) return { key: 'status_sum_no_policy', healthy: false };
  if (downloaded.version !== inForce?.version) return { key: 'status_sum_not_in_force', healthy: false };
  if (status.outbox.setAside > 0) return { key: 'status_sum_set_aside', healthy: false };
  // Where the stage needs no lists, a catalogue is nothing to wait for.
  if (status.listsInForce === false || (status.listsInForce && waits(status.documents.catalogue)))
    return { key: 'status_sum_lists_waiting', healthy: false };
  if (waits(status.documents.orders)) return { key: 'status_sum_orders_waiting', healthy: false };
  if (status.troubles.length > 0) return { key: 'status_sum_troubles', healthy: false };
  return { key: 'status_sum_well', healthy: true };
}
