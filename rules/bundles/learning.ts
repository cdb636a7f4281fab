import type { Bundle } from '../policy.ts';

const bbc = {
  frames: ['bbc.co.uk', 'files.bbci.co.uk'],
  resources: ['akamaized.net', 'bbc.co.uk', 'bbcfmt.s.llnwi.net', 'bbci.co.uk', 'bidi.net.uk'],
};

/** Services that primary schools use daily. Hosts of other firms that one of them needs are named, its own are not. */
export const learningBundles: readonly Bundle[] = [
  {
    id: 'bbc-bitesize',
    title: 'BBC Bitesize',
    pages: [{ entry: 'bbc.co.uk/bitesize' }, { entry: 'bbc.co.uk/games/embed' }],
    ...bbc,
  },
  {
    id: 'bbc-early-years',
    title: 'CBeebies and BBC Teach',
    pages: [{ entry: 'bbc.co.uk/cbeebies' }, { entry: 'bbc.co.uk/teach' }],
    ...bbc,
  },
  {
    id: 'purple-mash',
    title: 'Purple Mash',
    pages: [{ entry: 'purplemash.com' }, { entry: '2simple.com' }],
    frames: ['purplemash.com', '2simple.com'],
    resources: ['2simple.com', 'purplemash.com'],
  },
  {
    id: 'ttrs',
    title: 'Times Tables Rock Stars and NumBots',
    pages: [{ entry: 'ttrockstars.com' }, { entry: 'numbots.com' }, { entry: 'mathscircle.com' }],
    frames: ['ttrockstars.com', 'numbots.com', 'mathscircle.com'],
    resources: ['mathscircle.com', 'numbots.com', 'ttrockstars.com'],
  },
  {
    id: 'scratch',
    title: 'Scratch',
    pages: [{ entry: 'scratch.mit.edu' }],
    frames: ['scratch.mit.edu'],
    resources: ['scratch.mit.edu'],
  },
  {
    // The editor without the community: no other children's projects, studios or comments.
    id: 'scratch-editor',
    title: 'Scratch: the editor alone',
    pages: [{ entry: 'scratch.mit.edu/projects/editor' }, { entry: 'scratch.mit.edu/create' }],
    frames: [],
    resources: ['scratch.mit.edu'],
  },
  {
    id: 'seesaw',
    title: 'Seesaw',
    pages: [{ entry: 'seesaw.me' }, { entry: 'seesaw.com' }],
    frames: ['seesaw.me', 'seesaw.com'],
    resources: ['seesaw.com', 'seesaw.me'],
  },
  {
    id: 'oak',
    title: 'Oak National Academy',
    pages: [{ entry: 'thenational.academy' }],
    frames: ['thenational.academy', 'player.mux.com'],
    resources: ['mux.com', 'thenational.academy'],
  },
  {
    id: 'microbit',
    title: 'micro:bit and MakeCode',
    pages: [{ entry: 'microbit.org' }, { entry: 'makecode.microbit.org' }, { entry: 'makecode.com' }],
    frames: ['microbit.org', 'makecode.com'],
    resources: ['cdn.makecode.com', 'makecode.com', 'microbit.org'],
  },
];
