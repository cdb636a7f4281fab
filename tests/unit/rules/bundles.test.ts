import { describe, expect, it } from 'vitest';
import { type Address, isWithin, parseAddress } from '../../../rules/address.ts';
import { builtInBundles, singleVideo, videoIdOf } from '../../../rules/bundles.ts';
import type { CategoryId } from '../../../rules/categories.ts';
import { decide } from '../../../rules/decide.ts';
import { parseEntry } from '../../../rules/entry.ts';
import { Bundle, type EntryLine, type Policy } from '../../../rules/policy.ts';
import { presetOf } from '../../../rules/presets.ts';
import type { Situation } from '../../../rules/situation.ts';
import { type Stage, stages } from '../../../rules/stages.ts';

const at = (text: string): Address => {
  const address = parseAddress(text);
  if (!address) throw new Error(`${text} is no address`);
  return address;
};

/** KS2 alone: only what is named opens, so that whatever opens here opens by the bundle. */
const situation: Situation = { stage: 'KS2', groups: [], now: Date.parse('2026-11-21T10:00:00Z') };
const lists = new Map<CategoryId, ReadonlySet<string>>([
  ['streaming', new Set(['youtube.com', 'youtube-nocookie.com', 'youtu.be', 'googlevideo.com', 'ytimg.com'])],
  ['personal-sites', new Set(['sites.google.com', 'sway.cloud.microsoft'])],
]);
const schoolWith = (bundles: Bundle[], entries: EntryLine[] = []) => ({
  policy: {
    stages: Object.fromEntries(stages.map((stage) => [stage, presetOf(stage)])) as Record<
      Stage,
      Policy['stages'][Stage]
    >,
    lists: [{ id: 'films', title: 'Films', says: 'open' as const, entries }],
    bundles,
    embeds: [],
    essential: [],
    help: [],
    platform: [],
  } as unknown as Policy,
  orders: null,
  lists,
  listsInForce: true,
});
const bundle = (id: string): Bundle => {
  const found = builtInBundles.find((one) => one.id === id);
  if (!found) throw new Error(`no bundle ${id}`);
  return found;
};

/**
 * What a lesson's pages ask for, as far as public documentation or the service's own source names it, and what lies
 * next door and stays closed.
 */
const recorded: {
  id: string;
  source: string;
  pages: string[];
  frames?: string[];
  resources: string[];
  closed: string[];
}[] = [
  {
    id: 'google-classroom',
    source: 'support.google.com/a/answer/9012184 (host name allowlist) and /2589954 (Drive and editors)',
    pages: ['https://classroom.google.com/c/NjE5/a/NDU2/details', 'https://classroom.google.com/u/0/h'],
    frames: [
      'https://docs.google.com/picker?protocol=gadgets',
      'https://drive.google.com/file/d/1aB/preview',
      'https://accounts.google.com/ServiceLogin',
      'https://content.googleapis.com/static/proxy.html',
      'https://www.youtubeeducation.com/embed/aqz-KE-bpKQ',
    ],
    resources: [
      'https://apis.google.com/js/api.js',
      'https://fonts.gstatic.com/s/googlesans/v14/a.woff2',
      'https://lh3.googleusercontent.com/a/face=s40-c',
      'https://classroom.googleapis.com/v1/courses',
      'https://i.ytimg.com/vi/aqz-KE-bpKQ/mqdefault.jpg',
    ],
    closed: [
      'https://sites.google.com/view/games-for-you',
      'https://www.youtube.com/watch?v=aqz-KE-bpKQ',
      'https://www.google.com/search?q=games',
      'https://docs.google.com/document/d/e/2PACX-1vQ/pub',
    ],
  },
  {
    id: 'google-docs',
    source: 'support.google.com/a/answer/2589954 (Drive and Sites firewall and proxy settings)',
    pages: [
      'https://docs.google.com/document/d/1zXyQ0/edit',
      'https://docs.google.com/document/u/0/d/1zXyQ0/edit',
      'https://docs.google.com/document/create?usp=drive_web',
      'https://docs.google.com/presentation/d/1zXyQ0/edit#slide=id.p',
      'https://docs.google.com/spreadsheets/d/1zXyQ0/edit?gid=0',
      'https://docs.google.com/forms/d/e/1FAIpQLSd/viewform',
      'https://forms.gle/AbC',
    ],
    frames: ['https://docs.google.com/offline/iframeapi', 'https://drive.google.com/sharing/driveshare'],
    resources: [
      'https://docs.google.com/document/d/1zXyQ0/save',
      'https://ssl.gstatic.com/docs/common/a.png',
      'https://fonts.googleapis.com/css2?family=Lexend',
      'https://lh7-rt.googleusercontent.com/docsz/a',
      'https://people-pa.clients6.google.com/v2/people',
      'https://inputtools.google.com/request',
    ],
    closed: [
      'https://docs.google.com/document/d/e/2PACX-1vQ/pub',
      'https://docs.google.com/document/u/0/d/e/2PACX-1vQ/pub',
      'https://docs.google.com/presentation/d/e/2PACX-1vQ/pub?start=true',
      'https://docs.google.com/presentation/d/e/2PACX-1vQ/embed',
      'https://docs.google.com/spreadsheets/d/e/2PACX-1vQ/pubhtml',
      'https://docs.google.com/drawings/d/e/2PACX-1vQ/pub',
      'https://docs.google.com/document/?tgif=d',
      'https://sites.google.com/view/unblocked',
      'https://sites.google.com/wrenfield.example/history',
    ],
  },
  {
    id: 'google-drive',
    source: 'support.google.com/a/answer/2589954',
    pages: [
      'https://drive.google.com/drive/my-drive',
      'https://drive.google.com/file/d/1aB/view',
      'https://drive.usercontent.google.com/download?id=1aB',
    ],
    frames: ['https://docs.google.com/document/d/1aB/preview', 'https://accounts.google.com/o/oauth2/iframe'],
    resources: [
      'https://clients6.google.com/drive/v2internal/files',
      'https://lh3.google.com/u/0/d/1aB=w200',
      'https://drive.usercontent.google.com/uc?id=1aB',
      'https://youtube.googleapis.com/s/player/a.js',
    ],
    closed: ['https://sites.google.com/view/x', 'https://docs.google.com/presentation/d/e/2PACX-1vQ/pub'],
  },
  {
    id: 'google-meet',
    source: 'support.google.com/a/answer/1279090 (prepare your network for Meet)',
    pages: ['https://meet.google.com/abc-defg-hij'],
    frames: ['https://contacts.google.com/widget', 'https://accounts.google.com/RotateCookiesPage'],
    resources: [
      'https://meetings.googleapis.com/v1/spaces',
      'https://clients4.google.com/x',
      'https://www.gstatic.com/a.js',
      'https://lh3.googleusercontent.com/a/b',
    ],
    closed: ['https://hangouts.google.com/', 'https://chat.google.com/', 'https://www.youtube.com/live/abc'],
  },
  {
    id: 'microsoft-365',
    source:
      'learn.microsoft.com, Microsoft 365 URLs and IP address ranges (rows 1, 11, 12, 31, 46, 56, 59, 184)',
    pages: [
      'https://m365.cloud.microsoft/?auth=2',
      'https://www.office.com/launch/word',
      'https://teams.microsoft.com/v2/',
      'https://word.cloud.microsoft/open/onedrive/',
      'https://outlook.office.com/mail/',
      'https://forms.office.com/e/AbC',
    ],
    frames: [
      'https://word-edit.officeapps.live.com/we/wordeditorframe.aspx',
      'https://login.microsoftonline.com/common/oauth2/authorize',
      'https://res.cdn.office.net/officehub/a.html',
      'https://www.onenote.com/notebooks',
    ],
    resources: [
      'https://res.cdn.office.net/a.js',
      'https://aadcdn.msauth.net/shared/1.0/a.js',
      'https://graph.microsoft.com/v1.0/me',
      'https://spoprod-a.akamaihd.net/files/a.js',
      'https://statics.teams.cdn.office.net/a.js',
      'https://euc-common.online.office.com/a',
      'https://eu-api.svc.ms/a',
      'https://1.static.microsoft/a.js',
    ],
    closed: [
      'https://sway.cloud.microsoft/AbC',
      'https://sway.office.com/AbC',
      'https://other-school.sharepoint.com/sites/x',
      'https://copilot.microsoft.com/',
      'https://outlook.live.com/mail/0/',
      'https://teams.live.com/meet/1',
      'https://www.xbox.com/',
    ],
  },
  {
    id: 'bbc-bitesize',
    source: 'stored pages of bbc.co.uk: their scripts, pictures and player come from these hosts',
    pages: ['https://www.bbc.co.uk/bitesize/topics/zbr9wmn/articles/zf4jtrd'],
    frames: ['https://www.bbc.co.uk/games/embed/karate-cats', 'https://static.files.bbci.co.uk/a.html'],
    resources: [
      'https://static.files.bbci.co.uk/orbit/a/js/polyfills.bundle.js',
      'https://nav.files.bbci.co.uk/orbit/a/js/require.min.js',
      'https://ichef.bbci.co.uk/images/ic/480xn/p0.jpg.webp',
      'https://open.live.bbc.co.uk/mediaselector/6/select',
      'https://emp.bbci.co.uk/emp/bump-4/a.js',
      'https://vod-dash-uk-live.akamaized.net/usp/a.mpd',
    ],
    closed: [
      'https://www.bbc.co.uk/iplayer',
      'https://www.bbc.co.uk/sounds',
      'https://www.bbc.co.uk/news',
      'https://www.bbc.com/bitesize',
      'https://www.bbc.co.uk/games',
    ],
  },
  {
    id: 'purple-mash',
    source: 'public addresses of purplemash.com; help.2simple.com serves its own hosts only',
    pages: ['https://www.purplemash.com/sch/wrenfield', 'https://www.purplemash.com/#tab/pm-home'],
    frames: ['https://www.purplemash.com/app/code/2code', 'https://static.2simple.com/a.html'],
    resources: [
      'https://www.purplemash.com/login/default/getFilteredSchools',
      'https://static.purplemash.com/mashcontent/a.png',
      'https://www.2simple.com/a.js',
    ],
    closed: ['https://purplemash.com.evil.test/', 'https://www.notpurplemash.com/'],
  },
  {
    id: 'ttrs',
    source: 'public clients of play.ttrockstars.com name its interface, nest.ttrockstars.com',
    pages: ['https://play.ttrockstars.com/auth/school/student', 'https://play.numbots.com/#/game'],
    frames: ['https://ttrockstars.com/page/news'],
    resources: ['https://nest.ttrockstars.com/v1/games', 'https://play.ttrockstars.com/assets/a.mp3'],
    closed: ['https://rockstars.com/', 'https://www.rockstargames.com/'],
  },
  {
    id: 'scratch',
    source:
      'github.com/scratchfoundation/scratch-www issue 1007 (servers for school firewalls) and scratch-gui, storage.js',
    pages: [
      'https://scratch.mit.edu/projects/editor/?tutorial=getStarted',
      'https://scratch.mit.edu/mystuff/',
    ],
    frames: ['https://scratch.mit.edu/projects/10128407/embed'],
    resources: [
      'https://api.scratch.mit.edu/projects/1',
      'https://cdn.assets.scratch.mit.edu/internalapi/asset/a.svg/get/',
      'https://assets.scratch.mit.edu/a',
      'https://projects.scratch.mit.edu/1',
      'https://cdn2.scratch.mit.edu/get_image/a.png',
      'wss://clouddata.scratch.mit.edu/',
    ],
    closed: ['https://turbowarp.org/1', 'https://web.mit.edu/', 'https://scratch.mit.edu.evil.test/'],
  },
  {
    id: 'scratch-editor',
    source: 'as Scratch',
    pages: ['https://scratch.mit.edu/projects/editor/', 'https://scratch.mit.edu/create'],
    resources: ['https://cdn.assets.scratch.mit.edu/internalapi/asset/a.svg/get/'],
    closed: [
      'https://scratch.mit.edu/explore/projects/games/',
      'https://scratch.mit.edu/discuss/',
      'https://scratch.mit.edu/users/somebody/',
      'https://scratch.mit.edu/projects/10128407/',
    ],
  },
  {
    id: 'seesaw',
    source: 'public clients of app.seesaw.me name its interface and picture hosts',
    pages: ['https://app.seesaw.me/#/login', 'https://web.seesaw.me/'],
    frames: ['https://app.seesaw.me/activities'],
    resources: [
      'https://app.seesaw.me/api/person',
      'https://imaging.seesaw.me/a.jpg',
      'https://assets.seesaw.me/a.js',
    ],
    closed: ['https://seesaw.example/', 'https://www.tiktok.com/'],
  },
];

describe.each(recorded)('a lesson with $id', ({ id, pages, frames = [], resources, closed }) => {
  const one = bundle(id);
  const school = schoolWith([one]);
  const says = (text: string, as: 'page' | 'frame' | 'resource', top = pages[0] ?? '') =>
    decide(school, situation, at(text), as === 'page' ? { as } : { as, top: at(top) }).open;

  it.each(pages)('opens %s', (page) => expect(says(page, 'page')).toBe(true));
  it.each(frames)('shows the frame %s inside', (frame) => expect(says(frame, 'frame')).toBe(true));
  it.each(resources)('loads %s, and says so in the bundle', (resource) => {
    expect(says(resource, 'resource')).toBe(true);
    const { host } = at(resource);
    expect((one.resources ?? []).some((named) => isWithin(host, named))).toBe(true);
  });
  it.each(closed)('leaves %s closed beside it', (page) => expect(says(page, 'page')).toBe(false));
  it('frames nothing that it does not name', () => {
    expect(says('https://www.coolmathgames.com/', 'frame')).toBe(false);
    expect(says('https://sites.google.com/view/x', 'frame')).toBe(false);
  });
});

describe('every built-in bundle', () => {
  it.each(builtInBundles)('$id can stand in a policy: entries and hosts are read', (one) => {
    expect(Bundle.parse(one)).toEqual(one);
    for (const { entry } of one.pages) expect(parseEntry(entry), entry).toMatchObject({ ok: true });
    for (const host of [...one.frames, ...(one.resources ?? [])]) {
      const read = parseEntry(host);
      // `cloudfront.net` and the like are public suffixes: no entry, and only named for IT to read.
      if (read.ok) expect(read.entry.host).toBe(host);
      else expect(read.code).toBe('public-suffix');
    }
  });

  it('has a lesson recorded, or is a smaller one beside those of the issue', () => {
    const without = builtInBundles.map(({ id }) => id).filter((id) => !recorded.some((one) => one.id === id));
    expect(without).toEqual(['google-mail', 'bbc-early-years', 'oak', 'microbit']);
  });

  it('opens no page that pupils publish', () => {
    const all = schoolWith([...builtInBundles]);
    for (const text of [
      'https://sites.google.com/view/x',
      'https://docs.google.com/document/d/e/2PACX-1vQ/pub',
      'https://docs.google.com/presentation/d/e/2PACX-1vQ/pub',
      'https://sway.cloud.microsoft/x',
    ])
      expect(decide(all, situation, at(text)).open, text).toBe(false);
  });
});

describe('one YouTube video', () => {
  const id = 'aqz-KE-bpKQ';
  const line = { title: 'Big Buck Bunny', reason: 'Year 8 animation', previewedAt: '2026-09-11' };
  const school = schoolWith(
    [{ id: 'page', title: 'A page', pages: [{ entry: 'wrenfield.example' }], frames: [] }],
    [...(singleVideo(id, line) ?? [])],
  );
  const page = (text: string) => decide(school, situation, at(text)).open;
  const frame = (text: string) =>
    decide(school, situation, at(text), { as: 'frame', top: at('https://wrenfield.example/') }).open;

  it('opens as a page and inside an approved page', () => {
    expect(page(`https://www.youtube.com/watch?v=${id}`)).toBe(true);
    expect(page(`https://m.youtube.com/watch?app=m&v=${id}&t=10s`)).toBe(true);
    expect(page(`https://youtu.be/${id}?t=3`)).toBe(true);
    expect(frame(`https://www.youtube-nocookie.com/embed/${id}?rel=0`)).toBe(true);
    expect(frame(`https://www.youtube.com/embed/${id}`)).toBe(true);
  });

  it('loads what its player needs, though YouTube is closed', () => {
    const asked = { as: 'resource', top: at(`https://www.youtube.com/watch?v=${id}`) } as const;
    for (const text of [
      'https://rr3---sn-aigl6nze.googlevideo.com/videoplayback',
      'https://i.ytimg.com/vi/a.jpg',
      'https://www.youtube.com/youtubei/v1/player',
    ])
      expect(decide(school, situation, at(text), asked).open, text).toBe(true);
  });

  it('leaves all other videos, shorts, channels and searches closed', () => {
    for (const text of [
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
      `https://www.youtube.com/watch?list=${id}`,
      `https://www.youtube.com/shorts/${id}`,
      `https://www.youtube.com/results?search_query=${id}`,
      'https://www.youtube.com/',
      'https://www.youtube.com/@blender',
      'https://youtu.be/dQw4w9WgXcQ',
      'https://music.youtube.com/',
    ])
      expect(page(text), text).toBe(false);
    expect(frame('https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ')).toBe(false);
  });

  it('carries who watched it into every entry', () => {
    expect(singleVideo(id, line)).toHaveLength(4);
    for (const entry of singleVideo(id, line) ?? []) expect(entry).toMatchObject(line);
  });

  it('is found in whatever people paste, and in nothing else', () => {
    for (const text of [
      id,
      `https://www.youtube.com/watch?v=${id}&list=PL1`,
      `https://youtu.be/${id}?si=abc`,
      `https://www.youtube-nocookie.com/embed/${id}`,
      `https://m.youtube.com/shorts/${id}`,
    ])
      expect(videoIdOf(text), text).toBe(id);
    for (const text of ['', 'https://vimeo.com/1', 'https://youtube.com/', `https://evil.test/watch?v=${id}`])
      expect(singleVideo(text), text).toBeNull();
  });
});
