import { type CategoryId, categories } from '../rules/categories.ts';
import { isEarlyYears, type KnownStage } from '../rules/stages.ts';
import type { tiers } from '../rules/tiers.ts';
import type { Verdict } from '../rules/verdict.ts';

/** For whom a verdict is: what its sentence names beside it. */
export type ForWhom = {
  stage: KnownStage;
  supervised: boolean;
  /** False where the policy keeps this stage closed with an adult too. */
  adultOpens?: boolean;
  /** The title of the school's list that the entry stands in. */
  listTitle?: string | undefined;
  /** That title is a service’s: the entry stands in a bundle. */
  isService?: boolean;
  /** How a moment is written; without it, as it stands in JSON. */
  moment?: (at: number) => string;
};

/** What a verdict says to an adult: one short clause of why, and one of who may lift it, where anybody may. */
export type InWords = { why: string; lift: string | null };

/**
 * The words for adults: the command line and the console's *Test an address* say the same. Children read others
 * (`components/blocked/said.ts`).
 */
export function inWords(verdict: Verdict, whom: ForWhom): InWords {
  return verdict.open
    ? { why: whyOpen(verdict, whom), lift: null }
    : { why: whyClosed(verdict, whom), lift: lift(verdict, whom) };
}

/** A category in the middle of a sentence. */
export function categoryInWords(category: CategoryId): string {
  const { title } = categories[category];
  // "AI chat" keeps its capitals.
  return /^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

const earlyYears = ({ stage }: ForWhom): boolean => stage !== 'unknown' && isEarlyYears(stage);
const withAdult = ({ stage, supervised }: ForWhom): string =>
  `${stage === 'unknown' ? 'an unknown stage' : stage} ${supervised ? 'with an adult' : 'without an adult'}`;

const entryOf = ({ entry }: Verdict): string => entry ?? 'an entry';
const listOf = ({ from }: Verdict, { listTitle, isService }: ForWhom): string =>
  listTitle && isService
    ? `, part of the service “${listTitle}”`
    : listTitle
      ? ` on the list “${listTitle}”`
      : from
        ? ` on the list ${from}`
        : '';

function whyOpen(verdict: Verdict & { open: true }, whom: ForWhom): string {
  const { reason, from } = verdict;
  switch (reason.code) {
    case 'essential':
      return `always, because it is ${reason.why}`;
    case 'help':
      return 'always, because it is help; never logged';
    case 'granted':
      return from?.startsWith('lesson:')
        ? `${entryOf(verdict)} is one of the lesson’s sites`
        : `${entryOf(verdict)} was opened for now${listOf(verdict, whom)}`;
    case 'approved':
      return `${entryOf(verdict)}${listOf(verdict, whom)}`;
    case 'inside':
      return `as part of a page on ${reason.page}`;
    case 'filtered':
      return `nothing closes it for ${withAdult(whom)}`;
  }
}

function whyClosed(verdict: Verdict & { open: false }, whom: ForWhom): string {
  const { reason, category } = verdict;
  const until = (at: number) => whom.moment?.(at) ?? new Date(at).toISOString();
  switch (reason.code) {
    case 'category':
      return `${categoryInWords(reason.category)}, for ${withAdult(whom)}`;
    case 'locked':
      if (verdict.from === 'urgent') return `${entryOf(verdict)}, an urgent closing, for everybody`;
      return category
        ? `${categoryInWords(category)}, for everybody`
        : `${entryOf(verdict)}${listOf(verdict, whom)}, for everybody`;
    case 'school-list':
      return `${entryOf(verdict)}${listOf(verdict, whom)}`;
    case 'suspended-until':
      return `this pupil’s access is withdrawn until ${until(reason.until)}`;
    case 'focus':
      return `a directed lesson opens its own sites only${reason.until === null ? '' : `, until ${until(reason.until)}`}`;
    case 'guard-ip':
      return 'a number in place of a name, which is a way round the filter';
    case 'guard-translator':
      return `shows other sites under its own name${reason.carried ? `, here ${reason.carried}` : ''}`;
    case 'guard-repeated':
      return 'beside what is approved it names something else, which is a way round the filter';
    case 'not-approved':
      if (whom.supervised && earlyYears(whom)) return 'not one of this lesson’s sites';
      return `on none of the lists that are open for ${withAdult(whom)}`;
    case 'no-adult-yet':
      if (whom.supervised && earlyYears(whom)) return 'not one of this lesson’s sites';
      return whom.supervised || verdict.tier !== 'packaged'
        ? `not one of the lesson’s sites, for ${withAdult(whom)}`
        : `the web is closed for ${withAdult(whom)}`;
    case 'not-known-yet':
      return 'the device does not know its stage or policy yet';
    default:
      return `by the tier “${verdict.tier}”`;
  }
}

/** Who may lift it, by the class of what closes it (DESIGN §6: the table category × role). */
function lift(verdict: Verdict & { open: false }, whom: ForWhom): string {
  const by = new Set<string>(verdict.liftedBy);
  const { category, tier } = verdict;
  if (verdict.from === 'urgent') return 'nobody may open it until IT ends the urgent closing';
  if (by.size === 0) return 'nobody may open it';
  if (tier === 'suspended') return 'it ends by itself';
  if (tier === 'focus') return 'the lesson’s end opens it again';
  const asked = 'the network manager may open it when a named member of staff asks';
  const sensitive = category && categories[category].class === 'sensitive';
  const grant = sensitive || tier === 'guard' ? asked : 'a teacher may open it for a lesson';
  const adult = tier === 'closedAlone' ? 'opens when an adult is there' : 'more opens when an adult is there';
  const said = [
    // What a lesson opens at EYFS and KS1 are its own sites, and nothing more.
    by.has('adult') && !whom.supervised && whom.adultOpens !== false && !earlyYears(whom) ? adult : '',
    by.has('grant') ? grant : '',
    // At EYFS and KS1 no list opens by itself (FIELD A1).
    by.has('allow') && !earlyYears(whom) ? 'an entry on an open list opens it for good' : '',
  ].filter(Boolean);
  return said.join('; ');
}

/** What a tier is called beside its verdict. */
export const tierInWords = (tier: Verdict['tier']): string => tierNames[tier] ?? tier;

const tierNames: Partial<Record<string, string>> = {
  locked: 'locked',
  essential: 'essential and help',
  suspended: 'access withdrawn',
  grant: 'opened for now',
  focus: 'directed lesson',
  guard: 'ways round the filter',
  block: 'the school’s closed lists',
  allow: 'the school’s open lists',
  closedAlways: 'categories closed with and without an adult',
  supervisedOpen: 'filtered, with an adult',
  closedAlone: 'categories closed without an adult',
  aloneOpen: 'filtered, without an adult',
  packaged: 'closed until something opens it',
} satisfies Record<keyof typeof tiers, string>;
