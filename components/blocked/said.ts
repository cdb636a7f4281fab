import type { CategoryId } from '../../rules/categories.ts';
import type { ReadingLevel } from '../../rules/stages.ts';
import type { SceneName } from '../pictures/scenes.tsx';
import type { Words } from '../words.tsx';
import type { Why } from './why.ts';

/** What a closed page says: a picture, a title, and at most one line of reason. */
export type Said = { scene: SceneName; title: string; line?: string };

/** The key of our own sentence for a category; a school may have its own. */
const ourReason: Record<CategoryId, string> = {
  illegal: 'reason_illegal',
  extremism: 'reason_extremism',
  adult: 'reason_adult',
  violence: 'reason_violence',
  hate: 'reason_hate',
  'self-harm': 'reason_self_harm',
  drugs: 'reason_drugs',
  gambling: 'reason_gambling',
  weapons: 'reason_weapons',
  malware: 'reason_malware',
  piracy: 'reason_piracy',
  misinformation: 'reason_misinformation',
  dating: 'reason_dating',
  proxies: 'reason_proxies',
  'unsafe-search': 'reason_unsafe_search',
  social: 'reason_social',
  chat: 'reason_chat',
  forums: 'reason_forums',
  games: 'reason_games',
  streaming: 'reason_streaming',
  webmail: 'reason_webmail',
  'file-sharing': 'reason_file_sharing',
  downloads: 'reason_downloads',
  'personal-sites': 'reason_personal_sites',
  'ai-chat': 'reason_ai_chat',
};

/** What a category is called, in the middle of a sentence. */
const named: Record<CategoryId, string> = {
  illegal: 'category_illegal',
  extremism: 'category_extremism',
  adult: 'category_adult',
  violence: 'category_violence',
  hate: 'category_hate',
  'self-harm': 'category_self_harm',
  drugs: 'category_drugs',
  gambling: 'category_gambling',
  weapons: 'category_weapons',
  malware: 'category_malware',
  piracy: 'category_piracy',
  misinformation: 'category_misinformation',
  dating: 'category_dating',
  proxies: 'category_proxies',
  'unsafe-search': 'category_unsafe_search',
  social: 'category_social',
  chat: 'category_chat',
  forums: 'category_forums',
  games: 'category_games',
  streaming: 'category_streaming',
  webmail: 'category_webmail',
  'file-sharing': 'category_file_sharing',
  downloads: 'category_downloads',
  'personal-sites': 'category_personal_sites',
  'ai-chat': 'category_ai_chat',
};

/** What else a reason depends on: what the child can do, and how a moment is said. */
type Here = { canGoBack: boolean; canAsk: boolean; hasTiles?: boolean; moment: (at: number) => string };

/** The words for one reason at one reading level (LOOK, "Children's pages"). */
export function saidOf(level: ReadingLevel, why: Why, words: Words, here: Here): Said {
  switch (level) {
    case 'early':
      return here.hasTiles
        ? { scene: 'door', title: words('early_closed_tiles') }
        : saidEarly(why, words, here);
    case 'junior':
      return saidToJunior(why, words, here);
    case 'senior':
      return saidToSenior(why, words, here);
  }
}

/** EYFS and KS1: a picture and at most eight words. */
function saidEarly(why: Why, words: Words, { canGoBack }: Here): Said {
  switch (why.code) {
    case 'not-known-yet':
      return { scene: 'waking', title: words('early_not_known_yet') };
    case 'no-adult-yet':
      return { scene: 'teacher', title: words('early_no_adult_yet') };
    case 'suspended-until':
      return { scene: 'teacher', title: words('early_suspended') };
    case 'focus':
      return { scene: 'teacher', title: words('early_focus') };
    case 'eyes-up':
      return { scene: 'eyes-up', title: words('early_eyes_up') };
    case 'watch-the-board':
      return { scene: 'board', title: words('early_watch_the_board') };
    default:
      return { scene: 'door', title: words(canGoBack ? 'early_closed' : 'early_closed_ask') };
  }
}

/** What KS2 and KS3+ read alike: a state of the class or the computer, not of this page. */
function saidOfState(why: Why, words: Words, { moment }: Here): Said | null {
  switch (why.code) {
    case 'not-known-yet':
      return { scene: 'waking', title: words('not_known_yet'), line: words('not_known_yet_line') };
    case 'suspended-until':
      return {
        scene: 'clock',
        title: words('suspended', moment(why.until)),
        line: why.schoolSays ?? words('suspended_line'),
      };
    case 'focus':
      return {
        scene: 'book',
        title: words('focus'),
        line: why.until === null ? words('focus_line') : words('focus_line_until', moment(why.until)),
      };
    case 'eyes-up':
      return { scene: 'eyes-up', title: words('eyes_up'), line: words('eyes_up_line') };
    case 'watch-the-board':
      return { scene: 'board', title: words('watch_the_board'), line: words('watch_the_board_line') };
    case 'address-not-understood':
      return { scene: 'signpost', title: words('not_understood'), line: words('not_understood_line') };
    default:
      return null;
  }
}

const juniorLine = {
  'not-approved': 'not_approved_line',
  'school-list': 'school_list_line',
  locked: 'locked_line',
  'guard-ip': 'guard_ip_line',
  'guard-search': 'guard_search_line',
  'guard-translator': 'guard_translator_line',
  'guard-repeated': 'guard_repeated_line',
} as const;

/** KS2, and whoever is not known yet. */
function saidToJunior(why: Why, words: Words, here: Here): Said {
  const state = saidOfState(why, words, here);
  if (state) return state;
  if (why.code === 'no-adult-yet')
    return { scene: 'teacher', title: words('no_adult_yet'), line: words('no_adult_yet_line') };
  const ours =
    why.code === 'category' ? ourReason[why.category] : juniorLine[why.code as keyof typeof juniorLine];
  return { scene: 'door', title: words('closed'), line: why.schoolSays ?? words(ours) };
}

/** KS3 and above, and adults: the reason is in the title. */
function saidToSenior(why: Why, words: Words, here: Here): Said {
  const state = saidOfState(why, words, here);
  if (state) return state;
  const ask = (key: string) => (here.canAsk ? { line: words(key) } : {});
  const said = (title: string, line: string): Said => ({
    scene: 'door',
    title,
    line: why.schoolSays ?? words(line),
  });
  switch (why.code) {
    case 'no-adult-yet':
      return { scene: 'teacher', title: words('senior_no_adult_yet'), ...ask('senior_no_adult_yet_ask') };
    case 'not-approved':
      return { scene: 'door', title: words('senior_not_approved'), ...ask('may_ask') };
    case 'category':
      return said(words('senior_category', words(named[why.category])), ourReason[why.category]);
    case 'locked':
      return said(words('senior_locked'), 'senior_locked_line');
    case 'guard-ip':
      return said(words('senior_guard_ip'), 'guard_ip_line');
    case 'guard-search':
      return said(words('senior_guard_search'), 'guard_search_line');
    case 'guard-translator':
      return said(words('senior_guard_translator'), 'guard_translator_line');
    case 'guard-repeated':
      return said(words('senior_guard_repeated'), 'guard_repeated_line');
    default:
      return { scene: 'door', title: words('senior_school_list'), ...ask('may_ask') };
  }
}
