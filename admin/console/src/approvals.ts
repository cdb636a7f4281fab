import { ApprovalKind, type ApprovalLine, type ApprovalSays } from '../../approvals/wire.ts';

export const approvalKinds: readonly ApprovalKind[] = ApprovalKind.options;

/** What the form asks for beside site, title and reason, and what is typed there. */
export type Typed = {
  watchedAll: boolean;
  lesson: string;
  learningPurpose: string;
  risk: string;
  leastAge: string;
};

/** What is missing: the field, and the sentence that says so (a key of `locales/en.json`). */
export type Missing = Partial<Record<keyof Typed, string>>;

/** Social media and new technology wait for the consent of somebody else (FIELD T4, T5). */
export const needsConsent = (kind: ApprovalKind): boolean => kind === 'social' || kind === 'technology';

/** What a kind of site asks of whoever approves it (FIELD T1–T5), from the form; or what is missing there. */
export function saysFor(
  kind: ApprovalKind,
  typed: Typed,
): { ok: true; says: ApprovalSays } | { ok: false; missing: Missing } {
  const missing: Missing = {};
  const written = (field: 'lesson' | 'learningPurpose' | 'risk', least: number, sentence: string): string => {
    const text = typed[field].trim();
    if (text.length < least) missing[field] = sentence;
    return text;
  };
  const says = ((): ApprovalSays => {
    switch (kind) {
      case 'site':
        return { kind };
      case 'video':
        if (!typed.watchedAll) missing.watchedAll = 'approvalsWatchedMissing';
        return { kind, watchedAll: true, lesson: written('lesson', 3, 'approvalsLessonMissing') };
      case 'game':
        return { kind, learningPurpose: written('learningPurpose', 10, 'approvalsPurposeMissing') };
      case 'social':
      case 'technology': {
        const leastAge = /^\d{1,2}$/.test(typed.leastAge.trim()) ? Number(typed.leastAge) : -1;
        if (leastAge < 0 || leastAge > 21) missing.leastAge = 'approvalsAgeMissing';
        return { kind, risk: written('risk', 10, 'approvalsRiskMissing'), leastAge };
      }
    }
  })();
  return Object.keys(missing).length === 0 ? { ok: true, says } : { ok: false, missing };
}

/** What waits, what is on the list by its title, and what is over; those that somebody looks for. */
export function sortApprovals(lines: readonly ApprovalLine[], wanted: string) {
  const sought = wanted.trim().toLowerCase();
  const found = lines.filter(({ line }) =>
    `${line.title ?? ''} ${line.entry}`.toLowerCase().includes(sought),
  );
  const title = ({ line }: ApprovalLine) => line.title ?? line.entry;
  return {
    waiting: found.filter(({ state }) => state === 'waits-for-consent').toReversed(),
    inForce: found
      .filter(({ state }) => state === 'in-force')
      .sort((one, other) => title(one).localeCompare(title(other), 'en-GB')),
    over: found.filter(({ state }) => state === 'ended' || state === 'refused'),
  };
}
