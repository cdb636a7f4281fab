import type { OpenNow } from '../../rules/open-now.ts';
import type { Contact } from '../../rules/policy.ts';
import type { ReadingLevel } from '../../rules/stages.ts';
import { CodeEntry } from '../blocked/CodeEntry.tsx';
import { saidOf } from '../blocked/said.ts';
import type { Coded } from '../blocked/why.ts';
import { type HelpLineShown, WhoHelps } from '../help/WhoHelps.tsx';
import { momentInWords } from '../moment.ts';
import { NoticeLink } from '../notice/NoticeLink.tsx';
import { Page } from '../page/Page.tsx';
import { Small } from '../pictures/small.tsx';
import { useWords } from '../words.tsx';
import { EarlyTiles } from './EarlyTiles.tsx';
import { Shelves } from './Shelves.tsx';
import './start.css';

export type StartPageProps = {
  level: ReadingLevel;
  open: OpenNow;
  helpers: readonly Contact[];
  helplines: readonly HelpLineShown[];
  /** Device time in milliseconds. */
  now: number;
  timeZone?: string | undefined;
  readAloud?: ((text: string) => void) | undefined;
  /** Leads to what is recorded (promise 11). */
  onNotice: () => void;
  /** A grown-up's code opens this one computer for a lesson. */
  onCode: (code: string) => void;
  coded?: Coded | undefined;
};

/** A pupil's new tab: what is open now, until when, and who to ask (issue 4.9). Nothing of it is from outside. */
export function StartPage(props: StartPageProps) {
  const { level, open, now, timeZone, readAloud, onNotice, onCode, coded } = props;
  const words = useWords();
  const moment = (at: number) => momentInWords(at, now, words, timeZone);
  const early = level === 'early';
  if (!open.shut)
    return early ? (
      <EarlyTiles open={open} moment={moment} readAloud={readAloud} onNotice={onNotice} />
    ) : (
      <Shelves
        {...props}
        moment={moment}
        below={
          <>
            <Below {...props} />
            <NoticeLink onNotice={onNotice} />
          </>
        }
      />
    );
  const said = saidOf(level, open.shut, words, { canGoBack: false, canAsk: false, moment });
  const code = open.shut.code === 'no-adult-yet' && <CodeEntry onCode={onCode} coded={coded} />;
  // Eyes up: there is nothing to press.
  const notice = open.shut.code !== 'eyes-up' && <NoticeLink onNotice={onNotice} />;
  return (
    <Page
      level={level}
      live
      scene={said.scene}
      title={said.title}
      line={said.line}
      readAloud={readAloud}
      below={
        early ? (
          <>
            {code}
            {notice}
          </>
        ) : (
          <>
            <Below {...props} />
            {code}
            {notice}
          </>
        )
      }
    />
  );
}

/** That the button is there, who can be asked, and who helps. */
const Below = ({ open, helpers, helplines }: StartPageProps) => {
  const words = useWords();
  const who = open.led?.by ?? helpers.find(({ role }) => role === 'teacher')?.title;
  return (
    <>
      <p class="start-remind">
        <Small name="hand" />
        <span>{words('start_remind')}</span>
        {who && !open.shut && (
          <span class="start-ask">
            <bdi>{words('start_ask', who)}</bdi>
          </span>
        )}
      </p>
      <WhoHelps helpers={helpers} helplines={helplines} />
    </>
  );
};
