import type { Answer } from '../../rules/wire.ts';
import { Person } from './people.tsx';
import './pictures.css';

/** The small pictures: on buttons, on a child's answers, beside a helpline. 96 × 96 units. */

const face = (
  <>
    <circle class="sun" cx="48" cy="48" r="38" />
    <circle class="ink" cx="35" cy="42" r="4.5" />
    <circle class="ink" cx="61" cy="42" r="4.5" />
  </>
);

const drawings = {
  /** An unhappy face and a hand that pushes it away. */
  'dont-like-it': (
    <>
      {face}
      <path class="draw" d="M34 67q14-13 28 0M28 33l10-4M68 33l-10-4" />
      <path
        class="skin-2"
        d="M66 92V70q0-5 4-5t4 5v-8q0-5 4-5t4 5v8q1-4 5-4t4 5v14q0 12-11 12h-6q-5 0-8-2z"
      />
    </>
  ),
  /** A child beside an adult, hand in hand. */
  'need-a-grown-up': (
    <>
      <Person x={34} y={26} size={0.6} skin={2} shirt="teal" hair="bun" />
      <Person x={72} y={50} size={0.42} skin={1} shirt="sun" hair="short" />
    </>
  ),
  /** A face with a tear. */
  'upset-me': (
    <>
      {face}
      <path class="draw" d="M36 68q12-10 24 0" />
      <path class="draw fine" d="M27 31l11-5M69 31l-11-5" />
      <path class="teal" d="M63 54q9 13 0 18-9-5 0-18z" />
    </>
  ),
  /** A dark cloud of words, with a bolt. */
  'rude-violent-hateful': (
    <>
      <path
        class="ink"
        d="M18 62a18 18 0 0 1 2-35 22 22 0 0 1 40-9 19 19 0 0 1 22 22 15 15 0 0 1-4 25H40L26 82l1-17q-5 0-9-3z"
      />
      <path class="sun" d="M53 22L36 46h12l-5 18 19-25H50z" />
    </>
  ),
  /** One shouts, the other is sad. */
  'someone-unkind': (
    <>
      <Person x={26} y={50} size={0.5} skin={1} shirt="deep" hair="short" mouth="cross" />
      <Person x={74} y={56} size={0.46} skin={3} shirt="sun" hair="curls" mouth="sad" />
      <path class="draw" d="M44 30l7-8M49 40l11-4M36 22l2-11" />
    </>
  ),
  /** A stranger in a screen, with a question. */
  'someone-asking': (
    <>
      <rect class="ink" x="8" y="20" width="62" height="60" rx="7" />
      <rect class="mist" x="14" y="26" width="50" height="48" rx="2" />
      <path class="soft" d="M20 74v-4q0-17 19-17t19 17v4z" />
      <circle class="soft" cx="39" cy="43" r="11" />
      <path
        class="sun"
        d="M60 6h24a8 8 0 0 1 8 8v20a8 8 0 0 1-8 8h-8L64 52V42h-4a8 8 0 0 1-8-8V14a8 8 0 0 1 8-8z"
      />
      <path class="draw" d="M66 19q6-7 11-1t-5 10M72 34v.1" />
    </>
  ),
  /** An adult with a badge, under the school's arch. */
  'grown-up-at-school': (
    <>
      <path class="stone" d="M6 92V48a42 42 0 0 1 84 0v44H78V48a30 30 0 0 0-60 0v44z" />
      <path class="teal" d="M39 2h18l-4 17H43z" />
      <Person x={48} y={50} size={0.52} skin={2} shirt="soft" hair="short" mouth="none" />
      <path class="draw in-card fine" d="M39 70l9 12 9-12" />
      <rect class="sun" x="42" y="80" width="12" height="12" rx="2" />
    </>
  ),
  /** A hand goes up: tell somebody. */
  hand: (
    <>
      <path
        class="skin-2"
        d="M28 92V46a6 6 0 0 1 12 0V22a6 6 0 0 1 12 0v-6a6 6 0 0 1 12 0v10a6 6 0 0 1 12 0v38q0 18-16 22v6z"
        transform="translate(-4 0)"
      />
      <path class="draw fine" d="M38 46v14M50 24v22M62 26v20" opacity="0.5" transform="translate(-4 0)" />
    </>
  ),
  phone: (
    <path
      class="teal"
      d="M30 10l12 20q2 4-1 7l-7 6q8 15 22 23l6-7q3-3 7-1l19 12q3 2 2 6-3 14-17 14Q46 88 24 62 6 40 8 26 9 12 24 8q4-1 6 2z"
    />
  ),
  back: <path class="draw now" d="M84 48H16M42 18L12 48l30 30" />,
  onward: <path class="draw now" d="M36 18l30 30-30 30" />,
  /** Somebody reads it to you: an ear of sound waves. */
  'read-aloud': (
    <>
      <path class="teal" d="M10 36h18l24-20v64L28 60H10z" />
      <path class="draw in-teal" d="M64 34q10 14 0 28M76 22q20 26 0 52" />
    </>
  ),
  tick: (
    <>
      <circle class="leaf" cx="48" cy="48" r="40" />
      <path class="draw in-card bold" d="M29 49l14 14 25-29" />
    </>
  ),
  /** On its way. */
  plane: (
    <>
      <path class="mist" d="M90 8L6 44l24 12 8 28 18-18 20 12z" />
      <path class="draw in-teal" d="M90 8L6 44l24 12 8 28 18-18 20 12zM90 8L30 56" />
    </>
  ),
} as const satisfies Record<Answer, unknown> & Record<string, unknown>;

export type SmallName = keyof typeof drawings;

/** A small picture, in the size that its place gives it. The words beside it say the same, so it stays silent. */
export const Small = ({ name }: { name: SmallName }) => (
  <svg class={`picture small small-${name}`} viewBox="0 0 96 96" aria-hidden="true" focusable="false">
    {drawings[name]}
  </svg>
);
