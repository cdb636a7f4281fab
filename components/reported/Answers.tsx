import type { ReadingLevel } from '../../rules/stages.ts';
import type { Answer } from '../../rules/wire.ts';
import { Small } from '../pictures/small.tsx';
import { useWords } from '../words.tsx';

/** What each reading level is asked, in the order of the pictures, each with the key of its words. */
const offered = {
  early: [
    ['dont-like-it', 'answer_dont_like_it'],
    ['need-a-grown-up', 'answer_need_a_grown_up'],
  ],
  older: [
    ['upset-me', 'answer_upset_me'],
    ['rude-violent-hateful', 'answer_rude_violent_hateful'],
    ['someone-unkind', 'answer_someone_unkind'],
    ['someone-asking', 'answer_someone_asking'],
    ['grown-up-at-school', 'answer_grown_up_at_school'],
  ],
} as const satisfies Record<string, readonly (readonly [Answer, string])[]>;

type AnswersProps = { level: ReadingLevel; onAnswer: (answer: Answer) => void };

/** "Do you want to say more?": by picture, and never asked twice. */
export function Answers({ level, onAnswer }: AnswersProps) {
  const words = useWords();
  const early = level === 'early';
  return (
    <fieldset class="answers">
      <legend class={early ? 'unseen' : undefined}>{words('say_more')}</legend>
      <div class="answers-row">
        {offered[early ? 'early' : 'older'].map(([answer, key]) => (
          <button type="button" class="answer" key={answer} onClick={() => onAnswer(answer)}>
            <Small name={answer} />
            <span>{words(key)}</span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** What is said after an answer: thanks, and what the child can do now if it asked for somebody. */
export function Thanked({ answer, level }: { answer: Answer; level: ReadingLevel }) {
  const words = useWords();
  const early = level === 'early';
  const said = early
    ? words(answer === 'need-a-grown-up' ? 'early_thanks_grown_up' : 'early_thanks')
    : words(
        answer === 'grown-up-at-school'
          ? 'thanks_grown_up_at_school'
          : answer === 'someone-asking'
            ? 'thanks_someone_asking'
            : 'thanks',
      );
  return (
    <p class="thanked">
      <Small name={answer} />
      <span>{said}</span>
    </p>
  );
}
