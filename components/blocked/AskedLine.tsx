import { Small } from '../pictures/small.tsx';
import { useWords } from '../words.tsx';
import type { Asked } from './why.ts';

/** What is true of the question now, and nothing more. A screen reader hears each change. */
export function AskedLine({ asked }: { asked: Asked | undefined }) {
  const words = useWords();
  return (
    <div role="status" class="asked">
      {asked && (
        <p class={asked === 'sending' ? 'asked-note' : 'asked-note asked-there'}>
          {asked === 'sending' && <Small name="plane" />}
          {asked === 'sent' && <Small name="tick" />}
          <bdi>{inWords()}</bdi>
        </p>
      )}
    </div>
  );

  function inWords(): string {
    if (asked === 'sending') return words('asked_sending');
    if (asked === 'sent') return words('asked_sent');
    if (asked === 'set-aside' || !asked) return words('asked_set_aside');
    if (asked.answer === 'yes') return words('asked_yes', asked.by);
    return asked.because ? words('asked_no_because', asked.by, asked.because) : words('asked_no', asked.by);
  }
}
