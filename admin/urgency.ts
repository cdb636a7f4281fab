import type { Answer } from '../rules/wire.ts';
import type { ItemState, Urgency } from './console-wire.ts';

/** How soon an adult should look, from the child's own answer alone: nothing here guesses from an address. */
const urgencyOf: Record<Answer, Urgency> = {
  'someone-asking': 'now',
  'grown-up-at-school': 'now',
  'need-a-grown-up': 'now',
  'upset-me': 'soon',
  'someone-unkind': 'soon',
  'rude-violent-hateful': 'ordinary',
  'dont-like-it': 'ordinary',
};

/** The higher, the sooner somebody should look. */
export const rank: Record<Urgency, number> = { ordinary: 0, soon: 1, now: 2 };

export const isMoreUrgent = (a: Urgency, than: Urgency): boolean => rank[a] > rank[than];

/** The most urgent of a report's answers; without an answer it is ordinary. */
export const urgencyFrom = (answers: readonly Answer[]): Urgency =>
  answers.map((answer) => urgencyOf[answer]).reduce((a, b) => (isMoreUrgent(b, a) ? b : a), 'ordinary');

/** Where an item stands in the inbox: what somebody has judged is as urgent as any other. */
export const placeOf = ({ state, urgency }: { state: ItemState; urgency: Urgency }): Urgency =>
  state === 'new' ? urgency : 'ordinary';

/** From this answer on, a report exists only for the principal and the DSL (issue 2, item 6). */
export const isRestricted = (answers: readonly Answer[]): boolean => answers.includes('grown-up-at-school');
