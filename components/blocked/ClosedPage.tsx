import { useRef, useState } from 'preact/hooks';
import type { Contact } from '../../rules/policy.ts';
import type { ReadingLevel } from '../../rules/stages.ts';
import { Button } from '../button/Button.tsx';
import { type HelpLineShown, WhoHelps } from '../help/WhoHelps.tsx';
import { HostName } from '../host/HostName.tsx';
import { momentInWords } from '../moment.ts';
import { NoticeLink } from '../notice/NoticeLink.tsx';
import { Page } from '../page/Page.tsx';
import { Small } from '../pictures/small.tsx';
import { useWords, type Words } from '../words.tsx';
import { AskedLine } from './AskedLine.tsx';
import { AskForm } from './AskForm.tsx';
import { CodeEntry } from './CodeEntry.tsx';
import { type Said, saidOf } from './said.ts';
import type { Asked, Coded, Why } from './why.ts';
import './closed.css';

export type ClosedPageProps = {
  level: ReadingLevel;
  why: Why;
  /** The closed page's host; none when its address could not be read. Hostile text. */
  host?: string;
  /** The host of the page that a translator, cache or archive would have shown. Hostile text. */
  carried?: string;
  helpers: readonly Contact[];
  helplines: readonly HelpLineShown[];
  /** False where nobody may lift it, or where nobody can be asked yet. */
  canAsk: boolean;
  asked?: Asked | undefined;
  canGoBack: boolean;
  /** Device time in milliseconds, so that an end can be said as "10:15" or "on Monday". */
  now: number;
  timeZone?: string | undefined;
  onBack: () => void;
  onAsk: (why: string) => void;
  /** A grown-up's code opens this one computer for a lesson; absent where that is not possible. */
  onCode?: ((code: string) => void) | undefined;
  coded?: Coded | undefined;
  /** Leads to the pages that a lesson has open; absent where it has none. */
  onTiles?: (() => void) | undefined;
  /** Absent where there is nothing to report. */
  onReport?: (() => void) | undefined;
  /** Leads to what is recorded (promise 11). */
  onNotice: () => void;
  readAloud?: ((text: string) => void) | undefined;
};

/** The page in place of a closed one: the reason in a child's words, who can help, ask, report (promise 9). */
export function ClosedPage(props: ClosedPageProps) {
  const { level, why, canAsk, now, timeZone, onBack, onAsk, onTiles, readAloud } = props;
  // The class looks together: there is nowhere to go and nothing to ask.
  const isTogether = why.code === 'eyes-up' || why.code === 'watch-the-board';
  const canGoBack = props.canGoBack && !isTogether;
  const asked = isTogether ? undefined : props.asked;
  const words = useWords();
  const [asking, setAsking] = useState(false);
  const askButton = useRef<HTMLButtonElement>(null);
  const early = level === 'early';
  const said = saidOf(level, why, words, {
    canGoBack,
    canAsk,
    hasTiles: onTiles !== undefined,
    moment: (at) => momentInWords(at, now, words, timeZone),
  });
  const shown = (early && asked && earlyAsked(asked, words)) || said;
  const mayAsk = canAsk && !asked;
  const leave = () => {
    setAsking(false);
    requestAnimationFrame(() => askButton.current?.focus());
  };
  return (
    <Page
      level={level}
      scene={shown.scene}
      title={shown.title}
      line={shown.line}
      live={early}
      readAloud={early || !asking ? readAloud : undefined}
      below={early ? <EarlyBelow {...props} /> : <Below {...props} />}
    >
      {early && !canGoBack && !onTiles && !mayAsk ? null : asking && mayAsk ? (
        <AskForm
          onAsk={(text) => {
            setAsking(false);
            onAsk(text);
          }}
          onLeave={leave}
        />
      ) : (
        <>
          {!early && <AskedLine asked={asked} now={now} timeZone={timeZone} />}
          <div class="page-acts">
            {onTiles && (
              <Button picture="tiles" onPress={onTiles}>
                {words('your_pages')}
              </Button>
            )}
            {canGoBack && !(early && onTiles) && (
              <Button picture="back" look={onTiles ? 'second' : 'main'} onPress={onBack}>
                {words('go_back')}
              </Button>
            )}
            {mayAsk && (
              <Button
                look={canGoBack || onTiles ? 'second' : 'main'}
                {...(early && { picture: 'ask' as const })}
                at={askButton}
                onPress={() => (early ? onAsk('') : setAsking(true))}
              >
                {words(askWords[level])}
              </Button>
            )}
          </div>
        </>
      )}
    </Page>
  );
}

const askWords: Record<ReadingLevel, string> = {
  early: 'ask_early',
  junior: 'ask_junior',
  senior: 'ask_senior',
};

/** The youngest have one thing to read: what became of their question takes the place of the rest. */
function earlyAsked(asked: Asked, words: Words): Said {
  if (asked === 'sending') return { scene: 'teacher', title: words('early_asked_sending') };
  if (asked === 'set-aside') return { scene: 'teacher', title: words('early_asked_set_aside') };
  if ('sentAt' in asked) return { scene: 'teacher', title: words('early_asked_sent') };
  return asked.answer === 'yes'
    ? { scene: 'book', title: words('early_asked_yes') }
    : { scene: 'door', title: words('early_asked_no') };
}

/** For the youngest: one quiet picture, tell a grown-up. The code is small print: it is not for them. */
const EarlyBelow = (props: ClosedPageProps) => {
  const words = useWords();
  return (
    <>
      {props.onReport && props.why.code !== 'eyes-up' && (
        <Button look="quiet" picture="hand" onPress={props.onReport}>
          {words('tell_a_grown_up')}
        </Button>
      )}
      <Code {...props} />
      <Notice {...props} />
    </>
  );
};

/** Eyes up: there is nothing to press. */
const Notice = ({ why, onNotice }: ClosedPageProps) =>
  why.code === 'eyes-up' ? null : <NoticeLink onNotice={onNotice} />;

/** Where an adult's code could open something. */
const codeHelps: readonly Why['code'][] = ['no-adult-yet', 'not-approved', 'focus'];

const Code = ({ why, onCode, coded }: ClosedPageProps) =>
  onCode && (codeHelps.includes(why.code) || coded) ? <CodeEntry onCode={onCode} coded={coded} /> : null;

const Below = (props: ClosedPageProps) => {
  const { why, host, carried, helpers, helplines, onReport } = props;
  const words = useWords();
  return (
    <>
      {onReport && why.code !== 'eyes-up' && (
        <p class="tell">
          <Small name="hand" />
          {words('something_wrong')}{' '}
          <button type="button" class="link-button" onClick={onReport}>
            {words('tell_a_grown_up')}
          </button>
        </p>
      )}
      <WhoHelps helpers={helpers} helplines={helplines} />
      <Code {...props} />
      {host && why.code !== 'eyes-up' && (
        <p class="print">
          <HostName host={host} /> · {words('closed_by_school')}
          {carried && (
            <>
              {' · '}
              {words('would_have_shown')} <HostName host={carried} />
            </>
          )}
        </p>
      )}
      <Notice {...props} />
    </>
  );
};
