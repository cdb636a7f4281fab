import type { InboxItem } from '../../console-wire.ts';
import { categoryWords, stageWords } from './item-words.ts';
import type { Words } from './words.ts';

/**
 * Why the page was open, or closed, at that moment: one sentence that a head teacher can read to a parent.
 * The tier is the one that spoke (DESIGN §6); what it does not name, the sentence leaves out.
 */
export function verdictSentence(
  say: Words,
  item: Pick<InboxItem, 'verdict' | 'listTitle' | 'category' | 'stage' | 'lesson'>,
): string {
  const { open, tier, entry } = item.verdict;
  const stage = stageWords(say, item.stage);
  const category = item.verdict.category ?? item.category;
  switch (tier) {
    case 'essential':
    case 'suspended':
    case 'focus':
    case 'packaged':
      return say(`verdict_${tier}`);
    case 'locked':
      if (entry) return say('verdict_locked_entry', entry);
      return category ? say('verdict_locked_category', categoryWords(say, category)) : say('verdict_locked');
    case 'guard':
      return category ? say('verdict_guard_category', categoryWords(say, category)) : say('verdict_guard');
    case 'grant':
      if (entry && item.lesson) return say('verdict_grant_lesson', entry, item.lesson);
      return entry ? say('verdict_grant_entry', entry) : say('verdict_grant');
    case 'allow':
    case 'block':
      if (entry && item.listTitle) return say(`verdict_${tier}_list`, entry, item.listTitle);
      return entry ? say(`verdict_${tier}_entry`, entry) : say(`verdict_${tier}`);
    case 'closedAlways':
    case 'closedAlone':
      return category
        ? say(`verdict_${tier}_category`, categoryWords(say, category), stage)
        : say(`verdict_${tier}`, stage);
    case 'supervisedOpen':
    case 'aloneOpen':
      return say(`verdict_${tier}`, stage);
    default:
      // A newer device may know a tier that this console does not.
      return say(open ? 'verdict_open' : 'verdict_closed');
  }
}
