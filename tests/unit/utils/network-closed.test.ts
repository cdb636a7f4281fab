import { expect, test } from 'vitest';
import { parseEntry } from '../../../rules/entry.ts';
import type { Named } from '../../../rules/read-lines.ts';
import type { Settings } from '../../../rules/settings.ts';
import { unknownSituation } from '../../../rules/situation.ts';
import { standingOf } from '../../../rules/standing.ts';
import type { CallAnswered, CallFailed } from '../../../utils/endpoint.ts';
import type { Holds } from '../../../utils/holding.ts';
import { createInView } from '../../../utils/in-view.ts';
import { createNetworkClosed } from '../../../utils/network-closed.ts';

const blockPage = 'chrome-extension://id/blocked.html';
const documents = { policy: null, orders: null, lists: new Map(), listsInForce: false };
const situation = unknownSituation(0);
const said: CallAnswered = { ok: true, status: 200, headers: new Headers(), bytes: new Uint8Array() };

const named = (text: string, from: string): Named => {
  const read = parseEntry(text);
  if (!read.ok) throw new Error(read.reason);
  return { entry: read.entry, text, from };
};

function setUp({
  granted = [named('facts.example', 'grant:g1')],
  locked = [] as Named[],
  online = true,
  answer = said as CallAnswered | CallFailed,
} = {}) {
  const sent: unknown[] = [];
  const kept = new Map<string, number>();
  const holds: Holds = {
    held: { policy: null, orders: null, catalogue: null },
    documents,
    situation,
    standing: { ...standingOf(documents, situation), known: true, granted, locked },
  };
  const seat = { now: 0, answer, online };
  const network = createNetworkClosed({
    holding: { now: async () => holds, forget: () => {} },
    inView: createInView(async () => false),
    blockPage,
    settings: async () => ({}) as Settings,
    endpointOf: () => ({
      call: async (path, call) => {
        sent.push([path, call?.json]);
        return seat.answer;
      },
    }),
    seats: { keptOrNew: async () => ({ ok: true, seat: 's', key: 'k' }) },
    told: { get: async (grant) => kept.get(grant), set: async (grant, at) => kept.set(grant, at) },
    now: () => seat.now,
    isOnline: () => seat.online,
  });
  const tab = { tabId: 1, frameId: 0 };
  return {
    seat,
    sent,
    fails: (error: string, url = 'https://facts.example/caffeine?page=2', frameId = 0) =>
      network.failed({ ...tab, frameId, url, error }),
    goes: (from: string, to: string) => {
      network.began({ ...tab, url: from });
      return network.arrived({ ...tab, url: to });
    },
  };
}

const told = ['/v1/network-closed', { grant: 'g1', host: 'facts.example' }];

test.each([
  'net::ERR_NAME_NOT_RESOLVED',
  'net::ERR_CONNECTION_RESET',
  'net::ERR_CONNECTION_REFUSED',
  'net::ERR_EMPTY_RESPONSE',
  'net::ERR_CERT_AUTHORITY_INVALID',
  'net::ERR_SSL_PROTOCOL_ERROR',
  'net::ERR_TIMED_OUT',
])('%s of a granted page is told: grant and host, no address', async (error) => {
  const { fails, sent } = setUp();
  await fails(error);
  expect(sent).toEqual([told]);
});

test.each([
  'net::ERR_BLOCKED_BY_CLIENT',
  'net::ERR_BLOCKED_BY_ADMINISTRATOR',
  'net::ERR_ABORTED',
  'net::ERR_INTERNET_DISCONNECTED',
  'net::ERR_NETWORK_CHANGED',
  'net::ERR_PROXY_CONNECTION_FAILED',
])('%s is not the network’s filter', async (error) => {
  const { fails, sent } = setUp();
  await fails(error);
  expect(sent).toEqual([]);
});

test('a page that no grant opens, one that Keystage closes itself, and a frame are not told', async () => {
  const reset = 'net::ERR_CONNECTION_RESET';
  const lesson = setUp({ granted: [named('facts.example', 'lesson:l1')] });
  await lesson.fails(reset);
  const other = setUp();
  await other.fails(reset, 'https://elsewhere.example/');
  await other.fails(reset, undefined, 7);
  const locked = setUp({ locked: [named('facts.example', 'list')] });
  await locked.fails(reset);
  expect([lesson.sent, other.sent, locked.sent]).toEqual([[], [], []]);
});

test('once for each grant and hour, also when a class fails at the same moment', async () => {
  const both = [named('facts.example', 'grant:g1'), named('other.example', 'grant:g2')];
  const { fails, sent, seat } = setUp({ granted: both });
  const reset = 'net::ERR_CONNECTION_RESET';
  await Promise.all([fails(reset), fails(reset)]);
  await fails(reset);
  await fails(reset, 'https://www.other.example/');
  expect(sent).toEqual([told, ['/v1/network-closed', { grant: 'g2', host: 'www.other.example' }]]);
  seat.now = 3_600_000;
  await fails(reset);
  expect(sent).toHaveLength(3);
});

test('without a network nobody is asked; an endpoint that is not reached is asked again', async () => {
  const { fails, sent, seat } = setUp({ online: false, answer: { ok: false, code: 'unreachable' } });
  await fails('net::ERR_NAME_NOT_RESOLVED');
  expect(sent).toEqual([]);
  seat.online = true;
  await fails('net::ERR_NAME_NOT_RESOLVED');
  seat.answer = said;
  await fails('net::ERR_NAME_NOT_RESOLVED');
  await fails('net::ERR_NAME_NOT_RESOLVED');
  expect(sent).toEqual([told, told]);
});

const page = 'https://facts.example/caffeine';
const closedPage = (address: string) => `${blockPage}?tier=packaged#${address}`;

test.each([
  ['a page on a computer of the school', 'http://filter.lan/blocked'],
  ['a page by its number', closedPage('http://10.0.0.1/denied?why=drugs')],
  [
    'a page elsewhere that names what was asked for',
    closedPage('https://block.filter.example/?u=facts.example'),
  ],
  ['the same, escaped', closedPage('https://block.filter.example/?u=https%3A%2F%2FFACTS.example%2F')],
])('a redirect to the filter’s page is told: %s', async (_, there) => {
  const { goes, sent } = setUp();
  await goes(page, there);
  expect(sent).toEqual([told]);
});

test.each([
  ['the page itself', page, page],
  ['another host of the site', page, 'https://www.facts.example/caffeine'],
  ['a sign-in that is open', page, 'https://login.example/?continue=https://facts.example/'],
  ['another site that Keystage closes', page, closedPage('https://shop.example/')],
  ['a page that Keystage closes, asked for by itself', 'http://10.0.0.1/', closedPage('http://10.0.0.1/')],
])('what is no filter’s page is not told: %s', async (_, from, there) => {
  const { goes, sent } = setUp();
  await goes(from, there);
  expect(sent).toEqual([]);
});
