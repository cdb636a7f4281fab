import type { Answer } from '../../rules/wire.ts';
import { Person } from './people.tsx';
import './pictures.css';

/** The small pictures: on buttons, on a child's answers, beside a helpline. 96 × 96 units. */

const drawings = {
  /** An unhappy child holds up a flat hand: stop. */
  'dont-like-it': (
    <>
      <Person x={38} y={38} size={1.05} skin={2} shirt="sun" hair="short" mouth="sad" />
      <path
        class="skin-2 rim"
        d="M62 100V78l-9-8a5 5 0 0 1 7-7l6 5V50a4.5 4.5 0 0 1 9 0 4.5 4.5 0 0 1 9 0v2a4.5 4.5 0 0 1 9 2v24q0 10-7 14v8z"
      />
      <path class="draw fine" d="M75 52v12M84 54v11" opacity="0.4" />
    </>
  ),
  /** A child beside an adult, hand in hand. */
  'need-a-grown-up': (
    <>
      <Person x={34} y={31} size={0.6} skin={2} shirt="teal" hair="bun" />
      <Person x={72} y={54} size={0.42} skin={1} shirt="sun" hair="short" />
    </>
  ),
  /** A child with a tear. */
  'upset-me': (
    <>
      <Person x={48} y={40} size={1.15} skin={1} shirt="leaf" hair="long" mouth="sad" />
      <path class="teal" d="M63 44q10 14 0 19-10-5 0-19z" />
    </>
  ),
  /** Words that one should not say: a spiky bubble of scribbles. */
  'rude-violent-hateful': (
    <>
      <path
        class="ink"
        d="M48 4l10 11 15-6 2 15 16 2-6 15 9 11-14 7 2 15-16-1-8 12-12-9-14 18 2-20-17-1 4-15L3 51l12-10-7-14 16-3 2-15 14 5z"
      />
      <path class="draw in-sun" d="M24 52l8-14 4 14 8-14M56 32l-2 14M53 56v.1M66 34l10 12M76 34L66 46" />
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
      <path class="teal" d="M28 80h36v16H28z" />
      <path
        class="skin-2"
        d="M30 82V66L14 52a6.5 6.5 0 0 1 9-9l9 8V18a6 6 0 0 1 12 0v-4a6 6 0 0 1 12 0v4a6 6 0 0 1 12 2v6a6 6 0 0 1 11 2v34q0 14-17 20z"
      />
      <path class="draw fine" d="M44 22v20M56 22v20M68 28v16" opacity="0.4" />
    </>
  ),
  phone: (
    <path
      class="teal"
      d="M30 10l12 20q2 4-1 7l-7 6q8 15 22 23l6-7q3-3 7-1l19 12q3 2 2 6-3 14-17 14Q46 88 24 62 6 40 8 26 9 12 24 8q4-1 6 2z"
    />
  ),
  back: <path class="draw now" d="M84 48H16M42 18L12 48l30 30" />,
  /** A magnifying glass. */
  search: <path class="draw now" d="M40 10a28 28 0 1 1 0 56 28 28 0 1 1 0-56M61 61l25 25" />,
  /** Four pages to choose from. */
  tiles: <path class="draw now" d="M12 12h28v28H12zM56 12h28v28H56zM12 56h28v28H12zM56 56h28v28H56z" />,
  /** Somebody asks: a bubble with a question. */
  ask: (
    <path
      class="draw now"
      d="M14 6h68q8 0 8 8v54q0 8-8 8H50L30 90V76H14q-8 0-8-8V14q0-8 8-8zM36 32q1-10 12-10t12 9q0 6-12 10v2M48 60v.1"
    />
  ),
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
  /** Nobody takes a picture: a camera, crossed out. */
  'no-camera': (
    <>
      <path
        class="ink"
        d="M14 30h16l6-10h24l6 10h16a6 6 0 0 1 6 6v38a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6V36a6 6 0 0 1 6-6z"
      />
      <circle class="mist" cx="48" cy="54" r="17" />
      <circle class="teal" cx="48" cy="54" r="9" />
      <path class="draw in-card" d="M14 88L82 12" stroke-width="14" />
      <path class="draw in-sun bold" d="M14 88L82 12" />
    </>
  ),
  /** How long: the sheets of a calendar. */
  days: (
    <>
      <rect class="stone" x="16" y="20" width="70" height="68" rx="6" />
      <rect class="mist" x="10" y="14" width="70" height="68" rx="6" />
      <path class="teal" d="M16 14h58a6 6 0 0 1 6 6v14H10V20a6 6 0 0 1 6-6z" />
      <path class="draw" d="M28 8v12M62 8v12" />
      <path class="draw in-teal fine" d="M22 46h8M41 46h8M60 46h8M22 58h8M41 58h8M60 58h8M22 70h8M41 70h8" />
    </>
  ),
  /** An adult reads a page. */
  'someone-reads': (
    <>
      <Person x={48} y={36} size={1} skin={1} shirt="teal" hair="bun" />
      <path class="card rim" d="M14 68q17-8 34 2 17-10 34-2v24q-17-6-34 2-17-8-34-2z" />
      <path class="draw fine" d="M14 68q17-8 34 2 17-10 34-2v24q-17-6-34 2-17-8-34-2zM48 70v24" />
    </>
  ),
  /** The computer itself, which says that it is well. */
  computer: (
    <>
      <rect class="ink" x="16" y="18" width="64" height="46" rx="6" />
      <rect class="mist" x="22" y="24" width="52" height="34" rx="2" />
      <path class="stone" d="M6 70h84l-4 10H10z" />
      <path class="draw in-leaf" d="M37 41l8 8 15-16" />
    </>
  ),
  /** The school's own house. */
  school: (
    <>
      <path class="teal" d="M48 10l34 24v6H14v-6z" />
      <path class="mist" d="M18 40h60v46H18z" />
      <path class="deep" d="M40 86V66a8 8 0 0 1 16 0v20z" />
      <path class="draw in-teal fine" d="M26 50h8v10h-8zM62 50h8v10h-8zM44 22v.1" />
      <circle class="sun" cx="48" cy="27" r="6" />
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
