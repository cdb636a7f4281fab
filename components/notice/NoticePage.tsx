import type { Contact } from '../../rules/policy.ts';
import type { ReadingLevel } from '../../rules/stages.ts';
import { Button } from '../button/Button.tsx';
import { type HelpLineShown, WhoHelps } from '../help/WhoHelps.tsx';
import { Small, type SmallName } from '../pictures/small.tsx';
import { useWords, type Words } from '../words.tsx';
import './notice.css';

export type NoticePageProps = {
  level: ReadingLevel;
  /** How many days the school's policy keeps what a child sends; null while it is not here. */
  kept: { reports: number; requests: number } | null;
  helpers: readonly Contact[];
  helplines: readonly HelpLineShown[];
  /** Absent where there is no page to go back to. */
  onBack?: (() => void) | undefined;
  readAloud?: ((text: string) => void) | undefined;
};

/** One thing to know, with its picture. */
type Note = { picture: SmallName; name?: string; text: string };

/**
 * What kinds of things are recorded, who reads them, for how long, and what never is (promise 11; FIELD DP1). The long
 * form is docs/privacy.md: what changes there changes here.
 */
export function NoticePage({ level, kept, helpers, helplines, onBack, readAloud }: NoticePageProps) {
  const words = useWords();
  const early = level === 'early';
  const title = words(early ? 'early_notice' : 'notice');
  const notes = early ? earlyNotes(kept, words) : notesFor(level, kept, words);
  return (
    <div class={`page notice ${level}`}>
      <main class="notice-main">
        <header class="notice-head">
          <h1>{title}</h1>
          {readAloud && (
            <Button
              look="quiet"
              picture="read-aloud"
              onPress={() =>
                readAloud([title, ...notes.map(({ name, text }) => `${name ?? ''} ${text}`)].join('. '))
              }
            >
              {words('read_aloud')}
            </Button>
          )}
          {onBack && (
            <Button picture="back" onPress={onBack}>
              {words('go_back')}
            </Button>
          )}
        </header>
        <ul class={`notes notes-${notes.length}`}>
          {notes.map(({ picture, name, text }) => (
            <li class="note" key={text}>
              <Small name={picture} />
              <div>
                {name && <h2>{name}</h2>}
                <p>{text}</p>
              </div>
            </li>
          ))}
        </ul>
      </main>
      <footer class="page-below">{!early && <WhoHelps helpers={helpers} helplines={helplines} />}</footer>
    </div>
  );
}

/** One number is enough for them: the longer one, and a year as a year. */
function earlyDays({ reports, requests }: NonNullable<NoticePageProps['kept']>, words: Words): string {
  const days = Math.max(reports, requests);
  return days === 365 ? words('early_notice_year') : words('early_notice_days', String(days));
}

/** EYFS and KS1: three pictures of at most eight words each, to be read out. */
const earlyNotes = (kept: NoticePageProps['kept'], words: Words): Note[] => [
  { picture: 'hand', text: words('early_notice_what') },
  ...(kept ? [{ picture: 'days' as const, text: earlyDays(kept, words) }] : []),
  { picture: 'no-camera', text: words('early_notice_never') },
];

function notesFor(level: 'junior' | 'senior', kept: NoticePageProps['kept'], words: Words): Note[] {
  const senior = level === 'senior';
  return [
    {
      picture: 'hand',
      name: words('notice_name_what'),
      text: words(senior ? 'senior_notice_what' : 'notice_what'),
    },
    {
      picture: 'someone-reads',
      name: words('notice_name_who'),
      text: words(senior ? 'senior_notice_who' : 'notice_who'),
    },
    {
      picture: 'days',
      name: words('notice_name_days'),
      text: kept
        ? words(senior ? 'senior_notice_days' : 'notice_days', String(kept.reports), String(kept.requests))
        : words('notice_days_unknown'),
    },
    { picture: 'no-camera', name: words('notice_name_never'), text: words('notice_never') },
    {
      picture: 'computer',
      name: words('notice_name_always'),
      text: words(senior ? 'senior_notice_always' : 'notice_always'),
    },
    {
      picture: 'school',
      name: words('notice_name_school'),
      text: words(senior ? 'senior_notice_school' : 'notice_school'),
    },
  ];
}
