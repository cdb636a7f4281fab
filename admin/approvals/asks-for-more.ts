import { isListed } from '../../rules/address.ts';
import { type CategoryId, categories } from '../../rules/categories.ts';
import type { Documents } from '../../rules/documents.ts';
import type { ApprovalKind } from './wire.ts';

/** Kinds that ask for a risk assessment and consent (FIELD T4, T5). */
export const weighed: readonly ApprovalKind[] = ['social', 'technology'];

/** Categories whose sites are approved as what they are, so that nobody leaves out what their risk asks for (FIELD T3–T5). */
const asMore: readonly { category: CategoryId; as: typeof weighed; code: string; message: string }[] = [
  ...(['social', 'chat', 'ai-chat'] as const).map((category) => ({
    category,
    as: weighed,
    code: 'needs-consent',
    message: `This site is listed as ${categories[category].title}: choose social media or new technology, which ask for a risk assessment and consent.`,
  })),
  {
    category: 'games',
    as: [...weighed, 'game'],
    code: 'needs-purpose',
    message: 'This site is listed as a game: choose game, and say what it teaches.',
  },
];

/** What a site of these lists asks for that this kind of approval does not have. */
export const asksForMore = (kind: ApprovalKind, host: string, { lists }: Pick<Documents, 'lists'>) =>
  kind === 'video'
    ? undefined
    : asMore.find(
        ({ category, as }) => !as.includes(kind) && isListed(lists.get(category) ?? new Set(), host),
      );
