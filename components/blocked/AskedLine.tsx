import { momentInWords } from '../moment.ts';
import { Small } from '../pictures/small.tsx';
import { useWords, type Words } from '../words.tsx';
import type { Asked } from './why.ts';

type AskedLineProps = { asked: Asked | undefined; now: number; timeZone?: string | undefined };

/** What is true of the question now, and nothing more. A screen reader hears each change. */
export function AskedLine({ asked, now, timeZone }: AskedLineProps) {
  const words = useWords();
  return (
    <div role="status" class="asked">
      {asked && (
        <p class={`asked-note ${lookOf(asked)}`}>
          {asked === 'sending' && <Small name="plane" />}
          {typeof asked === 'object' && ('sentAt' in asked || asked.answer === 'yes') && (
            <Small name="tick" />
          )}
          <bdi>{inWords(asked, words, now, timeZone)}</bdi>
        </p>
      )}
    </div>
  );
}

function lookOf(asked: Asked): string {
  if (typeof asked === 'string') return '';
  if ('sentAt' in asked) return 'asked-waits';
  return asked.answer === 'yes' ? 'asked-there' : '';
}

function inWords(asked: Asked, words: Words, now: number, timeZone: string | undefined): string {
  if (asked === 'sending') return words('asked_sending');
  if (asked === 'set-aside') return words('asked_set_aside');
  if ('sentAt' in asked)
    return [
      words(asked.to === 'teacher' ? 'asked_sent_teacher' : 'asked_sent'),
      waits(asked.sentAt, words, now, timeZone),
    ].join(' ');
  if (asked.answer === 'yes') return words('asked_yes', asked.by);
  return asked.because ? words('asked_no_because', asked.by, asked.because) : words('asked_no', asked.by);
}

/** How long it waits, as a child counts. */
function waits(since: number, words: Words, now: number, timeZone: string | undefined): string {
  const minutes = Math.floor((now - since) / 60_000);
  if (minutes < 2) return words('asked_just_now');
  if (minutes < 60) return words('asked_minutes', String(minutes));
  return words('asked_since', momentInWords(since, now, words, timeZone));
}
