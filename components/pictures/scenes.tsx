import { Arch } from './Arch.tsx';
import { Person } from './people.tsx';

/** The large pictures. Each says one thing to somebody who cannot read yet. */

const star = 'M130 88l17 38 41 5-30 28 8 41-36-20-36 20 8-41-30-28 41-5z';

/** A page that is closed: the door is nearly shut, and there is light behind it. */
const DoorAjar = () => (
  <Arch light>
    <path class="sun" d="M178 290h48l22 10h-84z" />
    <path class="teal" d="M34 290V130A96 96 0 0 1 178 46.9V300L34 292z" />
    <path class="draw in-deep" d="M62 268V142a66 66 0 0 1 32-54v182zM116 80a66 66 0 0 1 38 0v194l-38-2z" />
    <circle class="sun" cx="166" cy="192" r="7" />
  </Arch>
);

/** Ask your teacher: a hand goes up, a teacher at the board looks. */
const AskTeacher = () => (
  <Arch>
    <path class="deep" d="M126 96h88v76h-88z" />
    <path class="draw in-card fine" d="M142 122h44M142 140h56" />
    <Person x={92} y={122} size={0.92} skin={2} shirt="teal" hair="bun" />
    <path class="draw in-skin-2 bold" d="M132 180q14-10 16-30" />
    <rect class="stone" x="34" y="228" width="192" height="62" />
    <path class="draw in-skin-3 limb" d="M196 250q2-30-2-56" />
    <path class="draw in-skin-3" d="M188 194l-3-14M194 192v-17M200 194l3-13" />
    <Person x={164} y={226} size={0.72} skin={3} shirt="sun" hair="curls" mouth="none" />
    <path class="ink" d="M142 218a23 21 0 0 1 44 0q2 20-22 22-24-2-22-22z" />
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

const StarInHand = () => (
  <>
    <path class="draw in-skin-2 limb" d="M104 216q-14-26-18-44M156 216q14-26 18-44" />
    <path class="teal" d="M92 292q-4-44 10-88l30 8q-12 44-6 80zM168 292q4-44-10-88l-30 8q12 44 6 80z" />
    <path class="sun soft-tips" d={star} />
    <circle class="ink" cx="118" cy="144" r="5" />
    <circle class="ink" cx="142" cy="144" r="5" />
    <path class="draw" d="M117 160q13 13 26 0" />
  </>
);

/** Well done: two hands hold up a star, and a paper plane takes the message away. */
const WellDone = () => (
  <Arch>
    <StarInHand />
    <path class="card" d="M226 60l-62 26 18 8 6 20 12-14 16 8z" />
    <path class="draw fine" d="M226 60l-62 26 18 8 6 20 12-14 16 8zM226 60l-44 34" />
  </Arch>
);

/** It has arrived: the star, with a tick. */
const Arrived = () => (
  <Arch>
    <StarInHand />
    <circle class="card" cx="206" cy="84" r="37" />
    <circle class="leaf" cx="206" cy="84" r="31" />
    <path class="draw in-card bold" d="M191 85l11 11 19-22" />
  </Arch>
);

/** It has arrived, and school is out: the star at night. */
const ArrivedAtNight = () => (
  <Arch>
    <path class="deep" d="M34 290V130a96 96 0 0 1 192 0v160z" />
    <path class="glow" d="M196 64a26 26 0 1 0 14 46 30 30 0 0 1-14-46z" />
    <path class="draw in-sun" d="M66 122v.1M88 74v.1M70 176v.1M196 176v.1" />
    <StarInHand />
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
