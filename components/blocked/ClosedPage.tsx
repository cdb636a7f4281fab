import { useRef, useState } from 'preact/hooks';
import type { Contact } from '../../rules/policy.ts';
import type { ReadingLevel } from '../../rules/stages.ts';
import { Button } from '../button/Button.tsx';
import { type HelpLineShown, WhoHelps } from '../help/WhoHelps.tsx';
import { HostName } from '../host/HostName.tsx';
import { momentInWords } from '../moment.ts';
import { Page } from '../page/Page.tsx';
import { Small } from '../pictures/small.tsx';
import { useWords } from '../words.tsx';
import { AskedLine } from './AskedLine.tsx';
import { AskForm } from './AskForm.tsx';
import { saidOf } from './said.ts';
import type { Asked, Why } from './why.ts';
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
  /** Absent where there is nothing to report. */
  onReport?: (() => void) | undefined;
  readAloud?: ((text: string) => void) | undefined;
};

/** The page in place of a closed one: the reason in a child's words, who can help, ask, report (promise 9). */
export function ClosedPage(props: ClosedPageProps) {
  const { level, why, canAsk, asked, canGoBack, now, timeZone, onBack, onAsk, readAloud } = props;
  const words = useWords();
  const [asking, setAsking] = useState(false);
  const askButton = useRef<HTMLButtonElement>(null);
  const early = level === 'early';
  const said = saidOf(level, why, words, {
    canGoBack,
    canAsk,
    moment: (at) => momentInWords(at, now, words, timeZone),
  });
  const mayAsk = canAsk && !asked && !early;
  const leave = () => {
    setAsking(false);
    requestAnimationFrame(() => askButton.current?.focus());
  };
  return (
    <Page
      level={level}
      scene={said.scene}
      title={said.title}
      line={said.line}
      readAloud={early || !asking ? readAloud : undefined}
      below={early ? <EarlyBelow {...props} /> : <Below {...props} />}
    >
      {early && !canGoBack ? null : asking && mayAsk ? (
        <AskForm
          onAsk={(text) => {
            setAsking(false);
            onAsk(text);
          }}
          onLeave={leave}
        />
      ) : (
        <>
          {!early && <AskedLine asked={asked} />}
          <div class="page-acts">
            {canGoBack && (
              <Button picture="back" onPress={onBack}>
                {words('go_back')}
              </Button>
            )}
            {mayAsk && (
              <Button look={canGoBack ? 'second' : 'main'} at={askButton} onPress={() => setAsking(true)}>
                {words(level === 'junior' ? 'ask_junior' : 'ask_senior')}
              </Button>
            )}
          </div>
        </>
      )}
    </Page>
  );
}

/** For the youngest: one quiet picture, tell a grown-up. */
const EarlyBelow = ({ onReport }: ClosedPageProps) => {
  const words = useWords();
  return onReport ? (
    <Button look="quiet" picture="hand" onPress={onReport}>
      {words('tell_a_grown_up')}
    </Button>
  ) : null;
};

const Below = ({ host, carried, helpers, helplines, onReport }: ClosedPageProps) => {
  const words = useWords();
  return (
    <>
      {onReport && (
        <p class="tell">
          <Small name="hand" />
          {words('something_wrong')}{' '}
          <button type="button" onClick={onReport}>
            {words('tell_a_grown_up')}
          </button>
        </p>
      )}
      <WhoHelps helpers={helpers} helplines={helplines} />
      {host && (
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
    </>
  );
};
