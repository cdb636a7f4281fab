import type { Verdict } from '../rules/verdict.ts';
import type { createTester } from './verdict.ts';

type Tester = ReturnType<typeof createTester>;

/** One address's answer, as `--json` prints it on one line. */
export type AnswerObject = {
  url: string;
  open: boolean;
  tier: Verdict['tier'];
  /** The stable code of why; `words` says it to a person. */
  reason: string;
  /** The entry that decides, as it is written. */
  entry?: string;
  /** The list that decides: a category's, or the one that the entry stands in. */
  list?: string;
  /** The address that a translator, archive or cache would have shown. */
  carried?: string;
  /** When it ends, where it ends by itself. */
  until?: string;
  liftedBy: readonly string[];
  words: string;
};

export function answerObject(url: string, verdict: Verdict, tester: Tester): AnswerObject {
  const { open, tier, reason, entry, from, category, liftedBy } = verdict;
  const list = category ?? from;
  const until = 'until' in reason && reason.until !== null ? new Date(reason.until).toISOString() : undefined;
  const { why, lift } = tester.inWords(verdict);
  return {
    url,
    open,
    tier,
    reason: reason.code,
    ...(entry ? { entry } : {}),
    ...(list ? { list } : {}),
    ...('carried' in reason && reason.carried ? { carried: reason.carried } : {}),
    ...(until ? { until } : {}),
    liftedBy,
    words: [`${open ? 'open' : 'closed'}: ${why}`, lift].filter(Boolean).join('; '),
  };
}

/**
 * What stands for a line that holds no web page's address: the fields of an answer, so that every line of input has
 * one, and why. No tier has decided.
 */
export type FailureObject = {
  url: string;
  open: false;
  tier: null;
  reason: string;
  liftedBy: readonly [];
  line: number;
  code: string;
  error: string;
};

export const failureObject = (url: string, line: number, code: string, why: string): FailureObject => ({
  url,
  open: false,
  tier: null,
  reason: code,
  liftedBy: [],
  line,
  code,
  error: `line ${line}: ${why}`,
});

/** The same as one aligned line for a person. `width` is that of the column of addresses. */
export const answerLine = ({ url, words }: AnswerObject, width: number): string =>
  `${plain(url).padEnd(width)}  ${plain(words)}`;

export const failureLine = ({ url, error }: FailureObject, width: number): string =>
  `${plain(url).padEnd(width)}  not read: ${error}`;

/** An address is hostile text: nothing in it may move the cursor, or the letters of the line (FIELD E). */
const plain = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�');
