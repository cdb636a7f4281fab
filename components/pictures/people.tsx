/** Somebody, from the waist up or as a child. Drawn once, so that all our people are of one family. */
type Somebody = {
  x: number;
  y: number;
  /** 1 is an adult of 150 units. */
  size?: number;
  skin: 1 | 2 | 3;
  shirt: 'teal' | 'deep' | 'sun' | 'leaf' | 'soft';
  hair: 'short' | 'long' | 'bun' | 'curls' | 'scarf';
  mouth?: 'smile' | 'sad' | 'cross' | 'none';
};

const hairs = {
  short: <path class="ink" d="M-25 -4a25 27 0 0 1 50 0c-8-4-12-9-15-13-9 8-22 10-35 13z" />,
  long: (
    <path
      class="ink"
      d="M-28 26c-3-34-2-58 28-58s31 24 28 58c-8-2-8-18-8-30-10-2-16-6-20-10-5 5-12 8-20 10 0 12 0 28-8 30z"
    />
  ),
  bun: (
    <>
      <circle class="ink" cx="0" cy="-35" r="11" />
      <path class="ink" d="M-25 -2a25 28 0 0 1 50 0c-9-3-16-8-20-14-7 7-18 12-30 14z" />
    </>
  ),
  curls: (
    <path
      class="ink"
      d="M-26 4a12 12 0 0 1-3-18 13 13 0 0 1 11-16 14 14 0 0 1 22-3 14 14 0 0 1 20 10 13 13 0 0 1 3 27c-6-4-7-10-9-14-12 4-24 3-35-1-2 5-4 10-9 15z"
    />
  ),
  scarf: (
    <path
      class="leaf"
      d="M0 36c-26 0-34-16-32-36 2-21 15-33 32-33s30 12 32 33c2 20-6 36-32 36zm0-9c14 0 21-12 21-28 0-13-9-19-21-19s-21 6-21 19c0 16 7 28 21 28z"
    />
  ),
} as const;

const mouths = {
  smile: 'M-8 9q8 8 16 0',
  sad: 'M-7 14q7-7 14 0',
  cross: 'M-8 12h16M-15 -9l9 4M15 -9l-9 4',
  none: '',
} as const;

/** Head and shoulders; (x, y) is the middle of the head. */
export const Person = ({ x, y, size = 1, skin, shirt, hair, mouth = 'smile' }: Somebody) => (
  <g transform={`translate(${x} ${y}) scale(${size})`}>
    {hair === 'long' && hairs.long}
    <path class={shirt} d="M-46 118V76q0-42 46-42t46 42v42z" />
    <rect class={`skin-${skin}`} x="-9" y="18" width="18" height="24" rx="9" />
    <circle class={`skin-${skin}`} cx="0" cy="0" r="25" />
    {hair === 'long' ? (
      <path class="ink" d="M-25 2a25 29 0 0 1 50 0c-12-3-20-9-25-15-5 6-13 12-25 15z" />
    ) : (
      hairs[hair]
    )}
    <circle class="ink" cx="-9" cy="-1" r="3" />
    <circle class="ink" cx="9" cy="-1" r="3" />
    <path class="draw fine" d={mouths[mouth]} />
  </g>
);
