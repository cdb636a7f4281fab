import { Hono } from 'hono';
import { Except, type ListLine, Settle } from '../../subscriptions/wire.ts';

const hour = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * hour).toISOString();
const version = (hosts: number, paths: number, hoursAgo: number, added = 0, removed = 0) => ({
  sha256: 'a'.repeat(64),
  hosts,
  paths,
  at: ago(hoursAgo),
  added,
  removed,
});
const leftOut = (host: string, site = host) => ({
  host,
  site,
  from: 'school-sites',
  by: 'endpoint',
  closed: false,
});

const makeLists = (): ListLine[] => {
  const daily = { everyHours: 24, mayDiffer: 0.2, problem: null, waiting: null, exceptions: [] };
  const dsi = 'https://dsi.ut-capitole.fr/blacklists/download';
  return [
    {
      ...daily,
      id: 'adult-ut1',
      category: 'adult',
      url: `${dsi}/adult.tar.gz`,
      checkedAt: ago(6),
      live: version(218_902, 1_090, 6),
    },
    {
      ...daily,
      id: 'games-ut1',
      category: 'games',
      url: `${dsi}/games.tar.gz`,
      checkedAt: ago(6),
      live: version(33_715, 1_640, 30),
      waiting: version(46_120, 1_702, 6, 12_467, 0),
      exceptions: [
        leftOut('brainpop.com'),
        leftOut('nationalgeographic.com'),
        leftOut('ttrockstars.com'),
        leftOut('play.bbc.co.uk', 'bbc.co.uk'),
        { ...leftOut('tynker.com'), closed: true },
      ],
    },
    {
      ...daily,
      id: 'malware-shadowwhisperer',
      category: 'malware',
      url: 'https://lists.example/malware.txt',
      checkedAt: ago(2),
      live: version(244_291, 0, 50),
      problem: { code: 'html', message: 'is a web page, not a list' },
    },
    {
      ...daily,
      id: 'proxies-county',
      category: 'proxies',
      url: null,
      checkedAt: null,
      live: version(132_323, 284, 700),
    },
  ];
};

/** Made-up lists of a made-up school. */
export function createLookLists() {
  let lists = makeLists();
  const app = new Hono();
  app.get('/console/api/lists', (context) => context.json({ upstream: null, lists }));
  app.get('/console/api/lists/:id/waiting', (context) =>
    context.json({
      clashes: [
        { host: 'adaptedmind.com', site: 'adaptedmind.com', from: 'school-sites', excepted: true },
        { host: 'internetmatters.org', site: 'internetmatters.org', from: 'school-sites', excepted: true },
      ],
    }),
  );
  app.post('/console/api/lists/:id/settle', async (context) => {
    const { accept } = Settle.parse(await context.req.json());
    lists = lists.map((list) =>
      list.id === context.req.param('id')
        ? { ...list, waiting: null, live: accept ? list.waiting : list.live }
        : list,
    );
    return context.json({ ok: true });
  });
  app.post('/console/api/lists/:id/except', async (context) => {
    const { host, closed } = Except.parse(await context.req.json());
    lists = lists.map((list) => ({
      ...list,
      exceptions: list.exceptions.map((one) => (one.host === host ? { ...one, closed } : one)),
    }));
    return context.json({ ok: true });
  });
  const refill = (made = makeLists()) => {
    lists = made;
  };
  return { app, refill };
}
