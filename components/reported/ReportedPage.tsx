import type { Contact, Policy } from '../../rules/policy.ts';
import type { ReadingLevel } from '../../rules/stages.ts';
import type { Answer } from '../../rules/wire.ts';
import { Button } from '../button/Button.tsx';
import { type HelpLineShown, WhoHelps } from '../help/WhoHelps.tsx';
import { momentInWords } from '../moment.ts';
import { NoticeLink } from '../notice/NoticeLink.tsx';
import { Page } from '../page/Page.tsx';
import type { SceneName } from '../pictures/scenes.tsx';
import { useWords, type Words } from '../words.tsx';
import { Answers, Thanked } from './Answers.tsx';
import './reported.css';

/** What is true of the report at this moment (promise 5). */
export type ReportedState =
  /** On this computer's disk; it leaves at once. */
  | 'on-its-way'
  /** On the endpoint's disk. */
  | 'arrived'
  /** Arrived, and nobody looks at reports just now. */
  | 'arrived-out-of-hours'
  /** It can never be sent from here. */
  | 'set-aside';

export type ReportedPageProps = {
  level: ReadingLevel;
  state: ReportedState;
  /** Who gets it: the role that the policy names, with a name only if the school gives one. */
  to: { role: Policy['reports']['to']; name?: string };
  /** When somebody looks next, in milliseconds; said out of hours. */
  looksAt?: number | undefined;
  now: number;
  timeZone?: string | undefined;
  helpers: readonly Contact[];
  helplines: readonly HelpLineShown[];
  /** What the child has answered already; it can answer once. */
  answer?: Answer | undefined;
  onAnswer: (answer: Answer) => void;
  /** Leads to what is recorded (promise 11). */
  onNotice: () => void;
  /** Absent where there is no page to go back to. */
  onBack?: (() => void) | undefined;
  readAloud?: ((text: string) => void) | undefined;
};

const scene = {
  'on-its-way': 'well-done',
  arrived: 'arrived',
  'arrived-out-of-hours': 'arrived-at-night',
  'set-aside': 'tell-a-grown-up',
} as const satisfies Record<ReportedState, SceneName>;

/** The youngest cannot wait for an inbox: whoever is near looks at once, so the picture shows that grown-up. */
const earlyScene = { ...scene, 'on-its-way': 'tell-a-grown-up', arrived: 'tell-a-grown-up' } as const;

/** The thank-you: it says that the child did well to tell, and only what is true at that moment. */
export function ReportedPage(props: ReportedPageProps) {
  const { level, state, helpers, helplines, answer, onAnswer, onNotice, onBack, readAloud } = props;
  const words = useWords();
  const early = level === 'early';
  const { title, line } = early ? saidEarly(props, words) : saidInLines(props, words);
  // What can never be sent is not asked for.
  const answers = answer || state === 'set-aside' ? undefined : <Answers level={level} onAnswer={onAnswer} />;
  return (
    <Page
      level={level}
      scene={(early ? earlyScene : scene)[state]}
      title={title}
      line={line}
      live
      more={state === 'arrived-out-of-hours' && !early ? <p>{helpNow(helplines, words)}</p> : undefined}
      readAloud={readAloud}
      across={early ? undefined : answers}
      below={
        <>
          {onBack && (
            <Button look="quiet" picture="back" onPress={onBack}>
              {words('take_me_back')}
            </Button>
          )}
          {!early && <WhoHelps helpers={helpers} helplines={helplines} />}
          <NoticeLink onNotice={onNotice} />
        </>
      }
    >
      {/* One place that stays, so that a screen reader hears the thanks when the pictures go. */}
      <div class="reply" role="status">
        {answer && <Thanked answer={answer} level={level} />}
      </div>
      {early && answers}
    </Page>
  );
}

const roles = {
  coordinator: 'to_coordinator',
  dsl: 'to_dsl',
  teacher: 'to_teacher',
} as const satisfies Record<Policy['reports']['to'], string>;

function recipient({ role, name }: ReportedPageProps['to'], words: Words): string {
  return name ? words('to_named', words(roles[role]), name) : words(roles[role]);
}

/** Nobody looks now: who is near, and the first line that one can call. */
function helpNow(helplines: readonly HelpLineShown[], words: Words): string {
  const line = helplines.find(({ phone }) => phone);
  return line?.phone ? words('reported_if_now_call', line.title, line.phone) : words('reported_if_now');
}

/** EYFS and KS1: at most eight words. */
function saidEarly({ state }: ReportedPageProps, words: Words): { title: string; line?: string } {
  switch (state) {
    case 'on-its-way':
      return { title: words('early_reported') };
    case 'arrived':
      return { title: words('early_reported_arrived') };
    case 'arrived-out-of-hours':
      return { title: words('early_reported_out_of_hours') };
    case 'set-aside':
      return { title: words('early_reported_set_aside') };
  }
}

function saidInLines(
  { state, to, looksAt, now, timeZone, answer }: ReportedPageProps,
  words: Words,
): { title: string; line?: string | undefined } {
  // From then on it is hidden from most who read reports, and one of them may be whom the child means.
  const isHidden = answer === 'grown-up-at-school';
  const told = (key: 'reported_on_its_way' | 'reported_arrived') =>
    isHidden ? undefined : words(key, recipient(to, words));
  const whenLooked =
    looksAt === undefined
      ? undefined
      : words('reported_looked_at', momentInWords(looksAt, now, words, timeZone));
  const title = words('reported');
  switch (state) {
    case 'on-its-way':
      return { title, line: told('reported_on_its_way') };
    case 'arrived':
      return { title, line: told('reported_arrived') };
    case 'arrived-out-of-hours':
      return { title, line: [told('reported_arrived'), whenLooked].filter(Boolean).join(' ') };
    case 'set-aside':
      return { title: words('reported_set_aside'), line: words('reported_set_aside_line') };
  }
}
