import type { CategoryId } from '../../../rules/categories.ts';
import type { Answer } from '../../../rules/wire.ts';
import type { InboxItem, InboxRow, ItemState, Urgency } from '../../console-wire.ts';
import type { Words } from './words.ts';

/** What was sent: a page, a closed page, a link, a picture, or the question "please may I". */
export const kindWords = (say: Words, row: Pick<InboxRow, 'kind' | 'what'>): string =>
  say(row.kind === 'request' ? 'kind_request' : `kind_${row.what.replace('-', '_')}`);

/** The child's own answer, in the words of the picture that the child chose. */
export const answerWords = (say: Words, answer: Answer): string =>
  say(`answer_${answer.replaceAll('-', '_')}`);

/** How soon to look; the ordinary has no word, so that the rest stands out. */
export const urgencyWords = (say: Words, urgency: Urgency): string | null =>
  urgency === 'ordinary' ? null : say(`urgency_${urgency}`);

/** How an item ended; a new one has no word. */
export const stateWords = (say: Words, state: ItemState): string | null =>
  state === 'new' ? null : say(`state_${state.replace('-', '_')}`);

export const categoryWords = (say: Words, category: CategoryId): string =>
  say(`category_${category.replace('-', '_')}`);

/** The stage as a school says it. */
export const stageWords = (say: Words, stage: string): string =>
  stage === 'unknown' ? say('stage_unknown') : stage;

/** "KS2 · 4B": whom it came from, as far as a row may say. */
export const whoWords = (say: Words, row: Pick<InboxRow, 'stage' | 'group'>): string =>
  [stageWords(say, row.stage), row.group].filter(Boolean).join(' · ');

/** One line of the log. An act that this console does not know yet is shown by its own name. */
export function actWords(say: Words, line: InboxItem['log'][number]): string {
  const key = `act_${line.act.replaceAll('-', '_')}`;
  const known = say(key, line.by);
  return known === key ? say('act_other', line.by, line.act) : known;
}
