import { randomUUID } from 'node:crypto';
import type { Fleet, InboxItem, Revealed } from '../../console-wire.ts';

/** A made-up school for looking at the console while no endpoint runs. Nothing here is part of the product. */
export type Made = InboxItem & { revealed: Revealed };

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const versions = { policy: '1.14', catalogue: '1.212', orders: '1.3071' };

type Sketch = [
  minutesAgo: number,
  host: string,
  what: InboxItem['what'],
  from: string,
  answers: InboxItem['answers'],
  urgency: InboxItem['urgency'],
  more?: Partial<InboxItem>,
];

const sketches: Sketch[] = [
  [
    0.3,
    'roblox.com',
    'request',
    'KS2 6 Oak',
    [],
    'ordinary',
    { category: 'games', verdict: { open: false, tier: 'closedAlone', category: 'games' } },
  ],
  [
    4,
    'padlet.com',
    'page',
    'KS3 8 Newton',
    ['someone-asking'],
    'now',
    {
      returned: true,
      verdict: { open: true, tier: 'supervisedOpen' },
      openedFrom: 'classroom.google.com',
      lesson: '8 Newton, Computing',
    },
  ],
  [
    11,
    'bbc.co.uk',
    'page',
    'KS2 4 Ash',
    ['upset-me'],
    'soon',
    { verdict: { open: true, tier: 'allow', entry: 'bbc.co.uk/bitesize' }, listTitle: 'Maths' },
  ],
  [
    26,
    'commons.wikimedia.org',
    'image',
    'KS2 5 Oak',
    ['rude-violent-hateful'],
    'ordinary',
    { verdict: { open: true, tier: 'allow', entry: 'wikimedia.org' } },
  ],
  [
    48,
    'coolmathgames.com',
    'closed-page',
    'KS2 3 Elm',
    [],
    'ordinary',
    { count: 3, category: 'games', verdict: { open: false, tier: 'closedAlways', category: 'games' } },
  ],
  [
    75,
    'topmarks.co.uk',
    'page',
    'KS1 2B',
    ['dont-like-it', 'need-a-grown-up'],
    'now',
    { verdict: { open: true, tier: 'grant', entry: 'topmarks.co.uk' } },
  ],
  [
    132,
    'scratch.mit.edu',
    'request',
    'KS3 7 Curie',
    [],
    'ordinary',
    { verdict: { open: false, tier: 'packaged' } },
  ],
  [190, 'kids.nationalgeographic.com', 'page', 'KS2 6 Birch', ['dont-like-it'], 'ordinary', { notes: 1 }],
  [
    1500,
    'docs.google.com',
    'page',
    'KS3 9 Darwin',
    ['someone-unkind'],
    'soon',
    { notes: 2, verdict: { open: true, tier: 'allow', entry: 'docs.google.com' } },
  ],
  [
    1560,
    'youtube.com',
    'link',
    'KS3 8 Hawking',
    ['rude-violent-hateful'],
    'ordinary',
    { returned: true, count: 2 },
  ],
  [
    2 * 1440 + 130,
    'a-very-long-subdomain-name.homework-help-for-everyone.example.org',
    'page',
    'KS4 10 Franklin',
    [],
    'ordinary',
  ],
  [
    3 * 1440 + 90,
    'poki.com',
    'closed-page',
    'KS2 4 Elm',
    ['dont-like-it'],
    'ordinary',
    { category: 'games', verdict: { open: false, tier: 'closedAlways', category: 'games' } },
  ],
];

const titles: Record<string, string> = {
  'padlet.com': 'Year 8 research wall · Padlet',
  'bbc.co.uk': 'What were the causes of the Great Fire? – BBC Bitesize',
};

function make([minutesAgo, host, what, from, answers, urgency, more]: Sketch): Made {
  const receivedAt = new Date(Date.now() - minutesAgo * minute).toISOString();
  const [stage = 'KS2', ...group] = from.split(' ');
  return {
    id: randomUUID(),
    kind: what === 'request' ? 'request' : 'report',
    receivedAt,
    at: receivedAt,
    host,
    what,
    stage,
    group: group.join(' '),
    answers,
    urgency,
    state: 'new',
    count: 1,
    returned: false,
    notes: 0,
    openedFrom: null,
    verdict: { open: true, tier: 'supervisedOpen' },
    category: null,
    versions,
    lesson: null,
    seat: randomUUID(),
    log: [],
    ...more,
    revealed: {
      address: `https://${host}/year8/wall?board=91b0c4d2&from=%E2%80%AEmoc`,
      title: titles[host] ?? 'A page',
      account: 'm.okafor22@school.example',
      why: what === 'request' ? 'we finished our maths and miss said to ask' : null,
    },
  };
}

export const makeInbox = (): Made[] => sketches.map(make);
export const makeArrival = (): Made =>
  make([0, 'wattpad.com', 'page', 'KS3 7 Curie', ['rude-violent-hateful'], 'ordinary']);

/** 640 seats: most are well, and each trouble that there can be is there once. */
export function makeFleet(many = 640): Fleet {
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
  return {
    seats: Array.from({ length: many }, (_, index) => {
      const troubled = index === 7 || index === 19;
      const silent = index > 20 && index < 24;
      const behind = index > 29 && index < 56;
      return {
        seat: randomUUID(),
        stage: ['KS1', 'KS2', 'KS2', 'KS3', 'KS3', 'KS4'][index % 6] ?? 'KS2',
        group: ['2B', '4 Ash', '6 Oak', '7 Curie', '8 Newton', '10 Franklin'][index % 6] ?? null,
        extensionVersion: behind ? '0.0.9' : '0.1.0',
        enrolledAt: ago(40 * day),
        heardAt: index === 25 ? null : ago(silent ? 4 * day + index * minute : (index % 50) * minute),
        upToDate: !troubled && !silent && !behind && index !== 25,
        inForce: index === 25 ? null : { ...versions, policy: behind ? '1.13' : '1.14' },
        waiting: index === 7 ? 12 : 0,
        troubles: troubled
          ? [
              {
                at: ago(hour),
                where: 'policy',
                code: index === 7 ? 'bad-signature' : 'http-endpoint',
                detail: 'key 2f1c',
              },
            ]
          : [],
      };
    }),
  };
}
