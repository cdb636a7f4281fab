import type { z } from 'zod';
import { Approvals, type Approve, type Consent } from '../../approvals/wire.ts';
import { Homeworks, type SetHomework } from '../../requests/wire.ts';
import { type AskUnblock, type DecideUnblock, type UnblockLine, Unblocks } from '../../unblocks/wire.ts';
import type { Api } from './api.ts';

/** Unblocks, approved sites and homework, as the console asks for them. */
export const openingsApi = ({ ask, asked }: Pick<Api, 'ask' | 'asked'>) => {
  const at = (what: 'unblocks' | 'approvals' | 'homework', id: string, act: string) =>
    `/console/api/${what}/${encodeURIComponent(id)}/${act}`;
  return {
    unblocks: () => asked(Unblocks, 'GET', '/console/api/unblocks'),
    askUnblock: (asked: AskUnblock) => ask('POST', '/console/api/unblocks', asked),
    decideUnblock: (id: string, said: z.infer<typeof DecideUnblock>) =>
      ask('POST', at('unblocks', id, 'decide'), said),
    endUnblock: (id: string) => ask('POST', at('unblocks', id, 'end'), {}),

    approvals: () => asked(Approvals, 'GET', '/console/api/approvals'),
    approve: (approval: Approve) => ask('POST', '/console/api/approvals', approval),
    consent: (id: string, said: z.infer<typeof Consent>) => ask('POST', at('approvals', id, 'consent'), said),
    endApproval: (id: string) => ask('POST', at('approvals', id, 'end'), {}),

    homework: () => asked(Homeworks, 'GET', '/console/api/homework'),
    setHomework: (homework: SetHomework) => ask('POST', '/console/api/homework', homework),
    endHomework: (id: string) => ask('POST', at('homework', id, 'end'), {}),
  };
};

/**
 * Unblocks by what they are now: open (the next to end first), waiting for a decision (the longest first), beginning
 * later, and over or refused (the latest first). One that was asked for and never decided is over with its period.
 */
export function sortUnblocks(lines: readonly UnblockLine[], now: number) {
  const begun = (line: UnblockLine) => Date.parse(line.startsAt) <= now;
  const ended = (line: UnblockLine) => Date.parse(line.endsAt) <= now;
  const agreed = lines.filter((line) => line.state === 'agreed' && !ended(line));
  const waiting = lines.filter((line) => line.state === 'asked' && !ended(line));
  const by = (key: 'endsAt' | 'startsAt' | 'askedAt') => (one: UnblockLine, other: UnblockLine) =>
    Date.parse(one[key]) - Date.parse(other[key]);
  return {
    open: agreed.filter(begun).sort(by('endsAt')),
    waiting: waiting.toSorted(by('askedAt')),
    later: agreed.filter((line) => !begun(line)).sort(by('startsAt')),
    over: lines
      .filter((line) => !agreed.includes(line) && !waiting.includes(line))
      .sort(by('endsAt'))
      .reverse(),
  };
}

/** One site a line, as somebody pastes them: without `https://`, empty lines, and the same twice. */
export const sitesIn = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim().replace(/^https?:\/\//i, ''))
      .filter(Boolean),
  ),
];
