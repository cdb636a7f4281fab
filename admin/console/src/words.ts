import { type Words, wordsFrom } from '../../../components/words.tsx';
import messages from '../locales/en.json';

export type { Words };

/** Language and region of every date, number and plural on the page. */
export const locale = 'en-GB';

/** What the console says. */
export const say: Words = wordsFrom(messages);

const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);

/** A count with thousands marked, as a person writes it. */
export const counted = (count: number): string => numbers.format(count);

/** The form of `key` that goes with `count` (`key_one`, `key_other` …); the count is `$1`, the rest follows. */
export const plural = (say: Words, key: string, count: number, ...rest: string[]): string =>
  say(`${key}_${plurals.select(count)}`, counted(count), ...rest);
