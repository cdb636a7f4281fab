import type { VNode } from 'preact';
import { ClosedPage, type ClosedPageProps } from '../../components/blocked/ClosedPage.tsx';
import type { Why } from '../../components/blocked/why.ts';
import type { HelpLineShown } from '../../components/help/WhoHelps.tsx';
import { NothingToReport } from '../../components/nothing/NothingToReport.tsx';
import { NoticePage, type NoticePageProps } from '../../components/notice/NoticePage.tsx';
import {
  ReportedPage,
  type ReportedPageProps,
  type ReportedState,
} from '../../components/reported/ReportedPage.tsx';
import { StartPage, type StartPageProps } from '../../components/start/StartPage.tsx';
import { StatusPage } from '../../components/status/StatusPage.tsx';
import type { Status } from '../../components/status/status.ts';
import { categoryIds } from '../../rules/categories.ts';
import { builtInHelp } from '../../rules/help.ts';
import type { OpenNow, Tile } from '../../rules/open-now.ts';
import type { Contact } from '../../rules/policy.ts';
import type { ReadingLevel } from '../../rules/stages.ts';
import { Answer } from '../../rules/wire.ts';

const levels: readonly ReadingLevel[] = ['early', 'junior', 'senior'];
const now = Date.UTC(2026, 10, 20, 9, 40);
const later = now + 35 * 60_000;
const monday = Date.UTC(2026, 10, 23, 8, 15);
const nobody = () => {};

const helpers: Contact[] = [
  { role: 'teacher', title: 'Your teacher', where: 'in your classroom' },
  { role: 'coordinator', title: 'E-safety coordinator', phone: '01632 960101', where: 'the computing room' },
  {
    role: 'dsl',
    title: 'Safeguarding lead',
    name: 'Mrs Ahmed',
    phone: '01632 960102',
    where: 'the room next to the library',
  },
  { role: 'principal', title: 'Head teacher', phone: '01632 960103', where: 'by the front door' },
  { role: 'office', title: 'School office', phone: '01632 960100', where: 'the front desk' },
];
const helplines: HelpLineShown[] = builtInHelp.map(({ title, phone, host }) => ({
  title,
  ...(phone && { phone }),
  ...(host && { address: `https://${host}/` }),
}));

const closed = (level: ReadingLevel, why: Why, more: Partial<ClosedPageProps> = {}) => (
  <ClosedPage
    level={level}
    why={why}
    host="poki.com"
    helpers={helpers}
    helplines={helplines}
    canAsk={level !== 'early'}
    canGoBack
    now={now}
    timeZone="Europe/London"
    onBack={nobody}
    onAsk={nobody}
    onReport={nobody}
    onNotice={nobody}
    onCode={nobody}
    {...(level === 'early' && { readAloud: nobody })}
    {...more}
  />
);

const reported = (level: ReadingLevel, state: ReportedState, more: Partial<ReportedPageProps> = {}) => (
  <ReportedPage
    level={level}
    state={state}
    to={{ role: 'coordinator' }}
    looksAt={monday}
    now={now}
    timeZone="Europe/London"
    helpers={helpers}
    helplines={helplines}
    onAnswer={nobody}
    onNotice={nobody}
    onBack={nobody}
    {...(level === 'early' && { readAloud: nobody })}
    {...more}
  />
);

const notice = (level: ReadingLevel, more: Partial<NoticePageProps> = {}) => (
  <NoticePage
    level={level}
    kept={{ reports: 365, requests: 180 }}
    helpers={helpers}
    helplines={helplines}
    onBack={nobody}
    {...(level === 'early' && { readAloud: nobody })}
    {...more}
  />
);

const longHost = `${'a-very-long-name-that-nobody-would-type.'.repeat(5)}login.school.evil-example.co.uk`;
const hostile = '<img src=x onerror=alert(1)>\u202Egnp.exe';

const tilesOf = (titles: string): Tile[] =>
  titles.split(', ').map((title, at) => ({ title, address: `https://${at}.example/` }));
const earlyTiles = tilesOf(
  'Phonics Play, Topmarks, Purple Mash, NumBots, CBeebies, BBC Bitesize, Seesaw, ICT Games, Teach Your Monster, Oxford Owl',
);
const approvedTiles = tilesOf(
  'BBC Bitesize, Newsround, Oak National Academy, TT Rock Stars, Purple Mash, Scratch, Simple Wikipedia, Swiggle, Britannica Kids, Nat Geo Kids, DK Find Out, Spelling Frame, Spelling Shed, MyMaths, Sumdog, NRICH',
);
const led = { by: 'Ms Patel', until: later };
const services = {
  what: 'services',
  tiles: tilesOf(
    'Google Classroom, Google Drive, School e-mail and calendar, Times Tables Rock Stars and NumBots',
  ),
} as const;
const homework = {
  what: 'homework',
  task: 'Read about Roman roads',
  by: 'Ms Patel',
  due: monday,
  tiles: tilesOf('Roman Britain, British Museum'),
} as const;
const opens = (more: Partial<OpenNow> = {}): OpenNow => ({
  shut: null,
  led: null,
  shelves: [],
  search: null,
  isWide: false,
  ...more,
});
const start = (level: ReadingLevel, open: OpenNow, more: Partial<StartPageProps> = {}) => (
  <StartPage
    level={level}
    open={open}
    helpers={helpers}
    helplines={level === 'early' ? [] : helplines}
    now={now}
    timeZone="Europe/London"
    onNotice={nobody}
    onCode={nobody}
    {...(level === 'early' && { readAloud: nobody })}
    {...more}
  />
);
const shuts: Record<string, OpenNow['shut']> = {
  'not-known-yet': { code: 'not-known-yet' },
  'no-adult-yet': { code: 'no-adult-yet' },
  'watch-the-board': { code: 'watch-the-board' },
  'eyes-up': { code: 'eyes-up', by: 'Ms Patel' },
  'suspended-until': { code: 'suspended-until', until: later },
};
const starts: Record<string, VNode> = {
  ...Object.fromEntries(
    levels.flatMap((level) =>
      Object.entries(shuts).map(([name, shut]) => [`start-${level}-${name}`, start(level, opens({ shut }))]),
    ),
  ),
  'start-early-one': start(
    'early',
    opens({ led, shelves: [{ what: 'lesson', tiles: earlyTiles.slice(0, 1) }] }),
  ),
  'start-early-three': start(
    'early',
    opens({ led, shelves: [{ what: 'lesson', tiles: earlyTiles.slice(0, 3) }] }),
  ),
  'start-early-six': start(
    'early',
    opens({ led, shelves: [{ what: 'lesson', tiles: earlyTiles.slice(0, 6) }] }),
  ),
  'start-early-many': start('early', opens({ led, shelves: [{ what: 'lesson', tiles: earlyTiles }] })),
  'start-junior-alone': start(
    'junior',
    opens({
      shelves: [
        homework,
        { what: 'list', title: 'KS2 approved sites', tiles: approvedTiles },
        { what: 'list', title: 'Staying safe', tiles: tilesOf('Thinkuknow, Childnet') },
        { what: 'list', title: 'Our own pages', tiles: tilesOf('School website') },
        services,
      ],
    }),
  ),
  'start-junior-lesson': start(
    'junior',
    opens({
      led,
      shelves: [{ what: 'lesson', tiles: tilesOf('Roman Britain, British Museum, Maps') }, services],
    }),
  ),
  'start-junior-approved': start(
    'junior',
    opens({
      shelves: [
        { what: 'list', title: 'KS2 approved sites', tiles: approvedTiles },
        { what: 'list', title: 'Staying safe', tiles: tilesOf('Thinkuknow, Childnet') },
        services,
      ],
    }),
  ),
  'start-senior-hour': start(
    'senior',
    opens({
      led: { by: 'Mr Okafor', until: later, title: 'Maths' },
      isWide: true,
      search: { title: 'Google', address: 'https://www.google.com/' },
      shelves: [{ what: 'list', title: 'KS3 and KS4 approved sites', tiles: approvedTiles }, services],
    }),
  ),
  'start-senior-nothing': start('senior', opens()),
  'start-senior-hostile': start(
    'senior',
    opens({
      led: { by: hostile, until: monday, title: 'x'.repeat(60) },
      isWide: true,
      search: { title: 'Google', address: 'https://www.google.com/' },
      shelves: [
        { ...homework, task: 'unbroken'.repeat(25), by: longHost.slice(0, 100) },
        { what: 'lesson', tiles: approvedTiles.map((tile) => ({ ...tile, title: longHost.slice(0, 120) })) },
        ...Array.from({ length: 12 }, (_, at) => ({
          what: 'list' as const,
          title: `${'A list with a long name '.repeat(4)}${at}`,
          tiles: approvedTiles,
        })),
      ],
    }),
  ),
};

const whys: Record<string, Why> = {
  'not-known-yet': { code: 'not-known-yet' },
  'no-adult-yet': { code: 'no-adult-yet' },
  'not-approved': { code: 'not-approved' },
  'school-list': { code: 'school-list' },
  locked: { code: 'locked' },
  'suspended-until': { code: 'suspended-until', until: later },
  'suspended-until-monday': { code: 'suspended-until', until: monday },
  'suspended-for-long': { code: 'suspended-until', until: monday + 30 * 86_400_000 },
  focus: { code: 'focus', until: later },
  'focus-open-end': { code: 'focus', until: null },
  'eyes-up': { code: 'eyes-up', by: 'Ms Patel' },
  'watch-the-board': { code: 'watch-the-board' },
  'guard-ip': { code: 'guard-ip' },
  'guard-translator': { code: 'guard-translator', carried: 'https://www.poki.com/' },
  'guard-repeated': { code: 'guard-repeated' },
  'address-not-understood': { code: 'address-not-understood' },
  ...Object.fromEntries(
    categoryIds.map((category) => [`category-${category}`, { code: 'category', category } as const]),
  ),
};

const closedFor: Record<string, Partial<ClosedPageProps>> = {
  'not-known-yet': { canAsk: false, helpers: [], canGoBack: false },
  'no-adult-yet': { canGoBack: false },
  locked: { canAsk: false },
  'eyes-up': { canAsk: false },
  'watch-the-board': { canAsk: false },
  'guard-translator': { host: 'www-poki-com.translate.goog', carried: 'www.poki.com' },
};

const status: Status = {
  now,
  extensionVersion: '0.1.0',
  settings: { state: 'known' },
  schoolName: 'Wrenfield Primary School',
  stage: 'KS2',
  group: '4B',
  endpoint: 'https://keystage.wrenfield.example',
  heardAt: now - 40_000,
  enrolled: true,
  documents: {
    policy: {
      downloaded: { version: '0.2026-11-16T08:00:00Z', at: now - 4 * 86_400_000 },
      inForce: { version: '0.2026-11-16T08:00:00Z', at: now - 4 * 86_400_000 },
    },
    catalogue: {
      downloaded: { version: '0.2026-11-20T02:10:00Z', at: now - 2 * 3_600_000 },
      inForce: { version: '0.2026-11-20T02:10:00Z', at: now - 3_600_000 },
    },
    orders: {
      downloaded: { version: '0.2026-11-20T09:15:00Z', at: now - 25 * 60_000 },
      inForce: { version: '0.2026-11-20T09:15:00Z', at: now - 25 * 60_000 },
    },
  },
  rules: { session: 312, dynamic: 13 },
  listsInForce: true,
  outbox: { waiting: 0, setAside: 0 },
  troubles: [],
  recorded: { to: 'E-safety coordinator', reportsDays: 365, requestsDays: 180 },
};
const none = { downloaded: null, inForce: null };
const nothingHeld = { policy: none, catalogue: none, orders: none };

/** Every state that a person can meet, by name; the name is also the screenshot's. */
export const states: Record<string, VNode> = {
  ...Object.fromEntries(
    levels.flatMap((level) =>
      Object.entries(whys).map(([name, why]) => [
        `closed-${level}-${name}`,
        closed(level, why, closedFor[name]),
      ]),
    ),
  ),
  'closed-early-no-way-back': closed('early', { code: 'not-approved' }, { canGoBack: false }),
  'closed-junior-no-way-back': closed('junior', { code: 'not-approved' }, { canGoBack: false }),
  'closed-junior-school-words': closed('junior', {
    code: 'category',
    category: 'games',
    schoolSays: 'Games stay shut in lessons.',
  }),
  'closed-senior-cannot-ask': closed('senior', { code: 'not-approved' }, { canAsk: false }),
  'closed-junior-asked-sending': closed('junior', { code: 'not-approved' }, { asked: 'sending' }),
  'closed-junior-asked-sent': closed(
    'junior',
    { code: 'not-approved' },
    { asked: { sentAt: now - 4 * 60_000, to: 'teacher' } },
  ),
  'closed-junior-asked-sent-to-school': closed(
    'junior',
    { code: 'not-approved' },
    { asked: { sentAt: now - 40 * 3_600_000, to: 'school' } },
  ),
  ...Object.fromEntries(
    (
      [
        ['sending', 'sending'],
        ['sent', { sentAt: now, to: 'teacher' }],
        ['set-aside', 'set-aside'],
        ['yes', { answer: 'yes', by: 'Ms Patel' }],
        ['no', { answer: 'no', by: 'Ms Patel', because: 'later' }],
      ] as const
    ).map(([name, asked]) => [
      `closed-early-asked-${name}`,
      closed('early', { code: 'not-approved' }, { asked, canAsk: true, onTiles: nobody }),
    ]),
  ),
  'closed-early-tiles': closed('early', { code: 'not-approved' }, { canAsk: true, onTiles: nobody }),
  'closed-early-may-ask': closed('early', { code: 'not-approved' }, { canAsk: true }),
  'closed-junior-tiles': closed('junior', { code: 'focus', until: later }, { onTiles: nobody }),
  'closed-senior-tiles': closed('senior', { code: 'focus', until: later }, { onTiles: nobody }),
  'closed-junior-asked-set-aside': closed('junior', { code: 'not-approved' }, { asked: 'set-aside' }),
  'closed-junior-asked-yes': closed(
    'junior',
    { code: 'not-approved' },
    { asked: { answer: 'yes', by: 'Your teacher' } },
  ),
  'closed-junior-asked-no': closed(
    'junior',
    { code: 'not-approved' },
    { asked: { answer: 'no', by: 'Your teacher' } },
  ),
  'closed-junior-asked-no-because': closed(
    'junior',
    { code: 'not-approved' },
    { asked: { answer: 'no', by: 'Your teacher', because: 'we need it next week, not now' } },
  ),
  'closed-junior-long-host': closed('junior', { code: 'school-list' }, { host: longHost, carried: longHost }),
  'closed-senior-hostile': closed(
    'senior',
    { code: 'category', category: 'games', schoolSays: `${hostile} ${'unbroken'.repeat(24)}` },
    { host: hostile, carried: hostile },
  ),
  ...Object.fromEntries(
    levels.flatMap((level) =>
      (['on-its-way', 'arrived', 'arrived-out-of-hours', 'set-aside'] as const).map((state) => [
        `reported-${level}-${state}`,
        reported(level, state),
      ]),
    ),
  ),
  ...Object.fromEntries(
    Answer.options.map((answer, index) => [
      `reported-${index < 2 ? 'early' : 'junior'}-answered-${answer}`,
      reported(index < 2 ? 'early' : 'junior', 'arrived', { answer }),
    ]),
  ),
  'reported-junior-to-dsl': reported('junior', 'on-its-way', { to: { role: 'dsl', name: 'Mrs Ahmed' } }),
  'reported-junior-to-teacher': reported('junior', 'on-its-way', { to: { role: 'teacher' } }),
  'reported-junior-no-helplines': reported('junior', 'arrived-out-of-hours', { helplines: [] }),
  ...Object.fromEntries(
    levels.map((level) => [
      `nothing-${level}`,
      <NothingToReport key={level} level={level} onBack={nobody} readAloud={nobody} />,
    ]),
  ),
  ...Object.fromEntries(levels.map((level) => [`notice-${level}`, notice(level)])),
  ...Object.fromEntries(levels.map((level) => [`notice-${level}-unknown`, notice(level, { kept: null })])),
  ...starts,
  'status-well': <StatusPage status={status} />,
  'status-lists-waiting': (
    <StatusPage
      status={{
        ...status,
        documents: {
          ...status.documents,
          catalogue: {
            downloaded: { version: '0.2026-11-20T02:10:00Z', at: now - 2 * 3_600_000 },
            inForce: { version: '0.2026-11-19T02:10:00Z', at: now - 25 * 3_600_000 },
          },
        },
      }}
    />
  ),
  'status-settings-unread': (
    <StatusPage
      status={{
        ...status,
        settings: { state: 'not-read-yet' },
        schoolName: null,
        stage: 'unknown',
        group: null,
        endpoint: null,
        heardAt: null,
        enrolled: false,
        documents: nothingHeld,
        rules: { session: 0, dynamic: 0 },
        listsInForce: null,
        recorded: null,
      }}
    />
  ),
  'status-settings-wrong': (
    <StatusPage
      status={{
        ...status,
        settings: {
          state: 'wrong',
          problems: [
            {
              setting: 'endpoint',
              problem: 'must begin with https:// (plain http is for this computer only)',
            },
            { setting: 'stage', problem: 'must be one of EYFS, KS1, KS2, KS3, KS4, staff, visitor' },
          ],
        },
        schoolName: null,
        stage: 'unknown',
        group: null,
        endpoint: null,
        heardAt: null,
        enrolled: false,
        documents: nothingHeld,
        listsInForce: null,
        recorded: null,
      }}
    />
  ),
  'status-no-policy': <StatusPage status={{ ...status, documents: nothingHeld, listsInForce: false }} />,
  'status-troubled': (
    <StatusPage
      status={{
        ...status,
        documents: {
          ...status.documents,
          policy: {
            downloaded: { version: '0.2026-11-20T09:30:00Z', at: now - 60_000 },
            inForce: { version: '0.2026-11-16T08:00:00Z', at: now - 4 * 86_400_000 },
          },
        },
        listsInForce: false,
        outbox: { waiting: 2, setAside: 1 },
        troubles: [
          'unreachable',
          'bad-answer',
          'bad-signature',
          'unknown-key',
          'older-version',
          'other-school',
          'not-a-document',
          'needs-newer-extension',
          'too-large',
          'wrong-hash',
          'rules-refused',
          'not-fitted',
          'something-new',
        ].map((code, index) => ({
          at: new Date(now - (index + 1) * 400_000).toISOString(),
          where: 'policy',
          code,
          detail: index === 0 ? 'fetch: connection refused' : '',
        })),
      }}
    />
  ),
  'status-set-aside': <StatusPage status={{ ...status, outbox: { waiting: 0, setAside: 1 } }} />,
};
