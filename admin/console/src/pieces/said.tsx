import type { InboxRow } from '../../../console-wire.ts';
import { answerWords, stateWords, urgencyWords } from '../item-words.ts';
import { say } from '../words.ts';
import { AnswerIcon } from './icons.tsx';

/** The child's answers as words with their pictures. */
export const Said = ({ answers }: { answers: InboxRow['answers'] }) => (
  <>
    {answers.map((answer) => (
      <span class="said" key={answer}>
        <AnswerIcon answer={answer} />
        <span class="said-words">{answerWords(say, answer)}</span>
      </span>
    ))}
  </>
);

/** How soon, from the child's own answer alone. */
export function UrgencyTag({ urgency }: Pick<InboxRow, 'urgency'>) {
  const word = urgencyWords(say, urgency);
  return word ? <span class={`tag tag-${urgency}`}>{word}</span> : null;
}

/** How it ended. */
export function StateTag({ state }: Pick<InboxRow, 'state'>) {
  const word = stateWords(say, state);
  return word ? <span class="tag tag-ended">{word}</span> : null;
}
