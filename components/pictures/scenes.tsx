import { Arch } from './Arch.tsx';
import { Person } from './people.tsx';

/** The large pictures. Each says one thing to somebody who cannot read yet. */

const star = 'M130 92l15 32 35 4-26 24 7 35-31-17-31 17 7-35-26-24 35-4z';

/** A page that is closed: the door is nearly shut, and there is light behind it. */
const DoorAjar = () => (
  <Arch light front={<path class="sun" d="M178 286h48l20 14h-76z" />}>
    <path class="sun" d="M176 48q34 20 44 54h6v190h-50z" opacity="0.5" />
    <path class="deep" d="M170 44l14 8v238h-14z" />
    <path class="teal" d="M34 290V130A96 96 0 0 1 176 46V298L34 290z" />
    <path class="draw in-deep" d="M60 266V142q0-34 34-56v182zM114 78q22-8 42-4v198l-42-3z" />
    <circle class="sun" cx="165" cy="190" r="8" />
  </Arch>
);

/** Ask your teacher: a hand goes up, a teacher at the board looks. */
const AskTeacher = () => (
  <Arch>
    <path class="deep" d="M118 92h96v84h-96z" />
    <path class="draw in-card fine" d="M152 112h40M152 130h48" />
    <path class="draw in-skin-2 bold" d="M126 190q16-12 18-40" />
    <Person x={88} y={124} size={0.95} skin={2} shirt="teal" hair="bun" />
    <rect class="glow" x="34" y="236" width="192" height="54" />
    <path class="draw in-skin-3 limb" d="M196 262q3-34-2-66" />
    <path class="draw in-skin-3" d="M187 194l-5-13M191 191l-2-15M197 191l2-15M201 194l6-12" />
    <path class="sun" d="M128 290v-10q0-36 38-36t38 36v10z" />
    <circle class="skin-3" cx="166" cy="228" r="21" />
    <path
      class="ink"
      d="M143 232a12 12 0 0 1-2-16 13 13 0 0 1 10-15 14 14 0 0 1 20-3 14 14 0 0 1 18 10 13 13 0 0 1 2 24q-4 16-25 16t-23-16z"
    />
  </Arch>
);

/** The backs of two children's heads, at the bottom of the arch. */
const ClassLooking = () => (
  <>
    <path class="leaf" d="M52 290q2-34 34-34t34 34z" />
    <circle class="skin-1" cx="86" cy="236" r="22" />
    <path class="ink" d="M63 240a23 24 0 1 1 46 0q-4 16-23 16t-23-16z" />
    <path class="sun" d="M140 290q2-34 34-34t34 34z" />
    <circle class="skin-3" cx="174" cy="236" r="22" />
    <path class="ink" d="M151 240a23 24 0 1 1 46 0q-4 16-23 16t-23-16z" />
  </>
);

/** Eyes up: the teacher stands before the class with a hand raised, and all heads are turned to her. */
const EyesUp = () => (
  <Arch light>
    <path class="sun" d="M130 62l74 140H56z" opacity="0.4" />
    <path class="draw in-skin-2 bold" d="M156 196q26-30 22-72" />
    <path class="draw in-skin-2" d="M172 118l-4-14M178 116l1-15M184 119l6-13" />
    <Person x={126} y={120} size={1.05} skin={2} shirt="teal" hair="bun" />
    <ClassLooking />
  </Arch>
);

/** Watch the board: a large board with a picture on it, and the class before it. */
const Board = () => (
  <Arch>
    <rect class="ink" x="48" y="84" width="164" height="120" rx="8" />
    <rect class="glow" x="56" y="92" width="148" height="104" rx="3" />
    <circle class="sun" cx="172" cy="120" r="14" />
    <path class="moss" d="M56 176q40-40 76-12t72-14v46H56z" />
    <path class="draw in-teal bold" d="M84 170v-38M84 146l-14-12M84 152l14-14" />
    <ClassLooking />
  </Arch>
);

/** The computer is not ready: it wakes up, like a sun. */
const WakingUp = () => (
  <Arch>
    <rect class="ink" x="64" y="132" width="132" height="92" rx="8" />
    <rect class="glow" x="73" y="141" width="114" height="74" rx="3" />
    <path class="sun" d="M98 215a32 32 0 0 1 64 0z" />
    <path class="draw in-sun" d="M130 170v-13M100 183l-9-9M160 183l9-9M88 208h-6M172 208h6" />
    <path class="soft" d="M48 224h164l10 16a5 5 0 0 1-4 8H42a5 5 0 0 1-4-8z" />
  </Arch>
);

/** Closed until a time: the door with a clock. */
const Clock = () => (
  <Arch>
    <circle class="card" cx="130" cy="172" r="66" />
    <path class="draw in-teal bold" d="M130 106a66 66 0 1 1 0 132 66 66 0 1 1 0-132z" />
    <path class="sun" d="M130 172V122a50 50 0 0 1 43 75z" />
    <path class="draw bold" d="M130 172v-46M130 172l34 20" />
    <circle class="ink" cx="130" cy="172" r="8" />
  </Arch>
);

/** The lesson has its own page: an open book, and the arch's light on it. */
const OpenBook = () => (
  <Arch light>
    <path class="sun" d="M130 74l58 118H72z" opacity="0.45" />
    <path class="stone" d="M34 236h192v54H34z" />
    <path class="deep" d="M54 168h152v74H54z" />
    <path class="card" d="M130 178q-32-18-68-8v60q36-10 68 8zM130 178q32-18 68-8v60q-36-10-68 8z" />
    <path class="draw fine" d="M130 178v60" />
    <path
      class="draw in-teal fine"
      d="M76 188q20-3 40 6M76 204q20-3 40 6M144 194q20-9 40-6M144 210q20-9 40-6"
    />
  </Arch>
);

/** An address that leads nowhere: a signpost whose boards are empty. */
const Signpost = () => (
  <Arch>
    <path class="moss" d="M34 258q96-36 192 0v32H34z" />
    <rect class="ink" x="124" y="98" width="12" height="170" rx="4" />
    <path class="teal" d="M84 112h88l22 20-22 20H84a5 5 0 0 1-5-5v-30a5 5 0 0 1 5-5z" />
    <path class="card" d="M176 168H88l-22 20 22 20h88a5 5 0 0 0 5-5v-30a5 5 0 0 0-5-5z" />
    <path class="draw in-card" d="M116 125q4-8 12-4t2 11q-6 4-6 7M124 146v.1" />
  </Arch>
);

/** A child holds up a star. */
const ChildWithStar = () => (
  <>
    <path class="teal" d="M82 300v-14q0-24 22-30h52q22 6 22 30v14z" />
    <path class="draw in-teal limb" d="M94 274q-22-22-20-62M166 274q22-22 20-62" />
    <path class="draw in-skin-2 limb" d="M74 212q0-12 8-22M186 212q0-12-8-22" />
    <rect class="skin-2" x="120" y="240" width="20" height="26" rx="10" />
    <circle class="skin-2" cx="130" cy="226" r="27" />
    <path
      class="ink"
      d="M102 232a13 13 0 0 1-2-20 14 14 0 0 1 11-16 15 15 0 0 1 22-4 15 15 0 0 1 21 10 14 14 0 0 1 4 30q-6-6-8-16-14 4-40 0-4 8-8 16z"
    />
    <circle class="ink" cx="120" cy="225" r="3.5" />
    <circle class="ink" cx="140" cy="225" r="3.5" />
    <path class="draw fine" d="M120 236q10 10 20 0" />
    <path class="sun soft-tips" d={star} />
  </>
);

/** Well done: a child holds up a star, and a paper plane takes the message away. */
const WellDone = () => (
  <Arch>
    <ChildWithStar />
    <path class="card" d="M222 70l-70 20 22 12z" />
    <path class="card" d="M222 70l-40 36 18 10z" />
    <path class="stone" d="M222 70l-48 32 4 22 8-15z" />
  </Arch>
);

/** It has arrived: the star, with a tick. */
const Arrived = () => (
  <Arch
    front={
      <>
        <circle class="card" cx="212" cy="82" r="40" />
        <circle class="leaf" cx="212" cy="82" r="33" />
        <path class="draw in-card bold" d="M196 83l12 12 20-23" />
      </>
    }
  >
    <ChildWithStar />
  </Arch>
);

/** It has arrived, and school is out: the star at night. */
const ArrivedAtNight = () => (
  <Arch>
    <path class="deep" d="M34 290V130a96 96 0 0 1 192 0v160z" />
    <path class="glow" d="M196 64a26 26 0 1 0 14 46 30 30 0 0 1-14-46z" />
    <path class="draw in-sun" d="M66 126v.1M92 78v.1M58 190v.1M204 182v.1" />
    <ChildWithStar />
  </Arch>
);

/** Tell a grown-up yourself: a child takes an adult's hand. */
const TellAGrownUp = () => (
  <Arch>
    <Person x={100} y={118} size={1.1} skin={2} shirt="teal" hair="scarf" />
    <path class="teal" d="M52 246h98v44H52z" />
    <Person x={184} y={190} size={0.74} skin={1} shirt="sun" hair="short" />
    <path class="sun" d="M150 276h68v14h-68z" />
    <path class="draw in-skin-1 bold" d="M154 256q-8 10-18 8" />
    <path class="card" d="M164 92a30 24 0 1 1 38 32l-12 18-4-16q-20-6-22-34z" />
    <path class="draw in-teal" d="M192 86v18M192 115v.1" />
  </Arch>
);

/** Nothing to report: a window, a plant, a quiet day. */
const CalmWindow = () => (
  <Arch light>
    <path class="mist" d="M34 290V130a96 96 0 0 1 192 0v160z" />
    <circle class="sun" cx="170" cy="112" r="26" />
    <path class="moss" d="M34 226q60-44 110-10t82-14v88H34z" />
    <path class="draw in-card bold" d="M130 36v214M34 158h192" />
    <rect class="stone" x="26" y="246" width="208" height="18" rx="4" />
    <path class="teal" d="M74 204h44l-6 42H80z" />
    <path class="draw in-leaf" d="M96 204q0-24-16-36M96 204q2-30 16-44M96 190q12-4 20-16" />
    <path
      class="leaf"
      d="M80 168q-16-2-18-18 18 0 18 18zM112 160q-2-18 14-24 4 20-14 24zM116 174q4-14 18-12-4 14-18 12z"
    />
  </Arch>
);

export const scenes = {
  door: DoorAjar,
  teacher: AskTeacher,
  'eyes-up': EyesUp,
  board: Board,
  waking: WakingUp,
  clock: Clock,
  book: OpenBook,
  signpost: Signpost,
  'well-done': WellDone,
  arrived: Arrived,
  'arrived-at-night': ArrivedAtNight,
  'tell-a-grown-up': TellAGrownUp,
  'calm-window': CalmWindow,
} as const;

export type SceneName = keyof typeof scenes;
