import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { unknownSituation } from '../../../rules/situation.ts';
import { ReportEvent } from '../../../rules/wire.ts';
import { createReports, type Pressed } from '../../../utils/report.ts';
import type { OutboxItem, SentReport } from '../../../utils/store.ts';

const now = Date.parse('2026-11-21T09:00:00.000Z');
const blockPage = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop/blocked.html';
const page: Pressed = { tabId: 7, url: 'https://site.example/page', title: 'A page', what: 'page' };

/** A tab with an empty window that a page has opened. */
const popUp = 8;

/** Reports on a device that has no documents yet; what is put on disk is in `kept`. */
function setUp({ disk = async () => {} }: { disk?: () => Promise<void> } = {}) {
  const kept: { item: Pick<OutboxItem, 'kind' | 'event'>; mark: SentReport | undefined }[] = [];
  const seen = new Map<string, string>();
  const evidence: string[] = [];
  const reports = createReports({
    enforcement: {
      read: async () => ({
        held: { policy: null, orders: null, catalogue: null },
        situation: unknownSituation(now),
        documents: { policy: null, orders: null, lists: new Map(), listsInForce: false },
        state: { state: 'unknown' },
      }),
    },
    outbox: {
      add: async (item, mark) => {
        await disk();
        kept.push({ item, mark });
      },
      send: async () => {},
    },
    clock: { now: () => now, heard: () => {}, startFrom: () => {}, ahead: () => 0, own: () => 0 },
    who: async () => ({}),
    newId: () => crypto.randomUUID(),
    blockPage,
    openedFrom: async () => 'before.example',
    openerOf: async (tabId) => (tabId === popUp ? 'https://opener.example/game' : undefined),
    evidence: { keep: async (origins) => void evidence.push(...origins) },
    seen: {
      get: async (fingerprint) => seen.get(fingerprint),
      set: async (fingerprint, id) => void seen.set(fingerprint, id),
    },
  });
  const events = () => kept.map(({ item }) => item.event);
  const first = () => ReportEvent.parse(events()[0]);
  return { reports, kept, seen, evidence, events, first };
}

test('what leaves is what the wire takes: address, title, who and where, and the verdict', async () => {
  const { reports, kept, first } = setUp();
  const id = await reports.report(page);
  expect(first()).toEqual({
    type: 'report',
    id,
    at: '2026-11-21T09:00:00.000Z',
    address: 'https://site.example/page',
    title: 'A page',
    what: 'page',
    stage: 'unknown',
    account: 'shared',
    versions: { policy: null, catalogue: null, orders: null },
    verdict: { open: false, tier: 'packaged' },
    openedFrom: 'before.example',
  });
  expect(kept[0]?.mark).toEqual({ id, tabId: 7, at: now, state: 'waiting' });
});

test('promise 6: a request leaves without user name and password as well, and with at most 200 letters of why', async () => {
  const { reports, events } = setUp();
  await reports.ask('https://ada:hunter2@site.example/page?q=1', ` ${'w'.repeat(300)} `);
  expect(events()).toMatchObject([
    { type: 'request', address: 'https://site.example/page?q=1', why: 'w'.repeat(200) },
  ]);
});

test('user name and password in an address stay on the device', async () => {
  const { reports, events, seen } = setUp();
  await reports.report({ ...page, url: 'https://ada:hunter2@site.example/page' });
  expect(JSON.stringify([events(), ...seen])).not.toMatch(/ada|hunter2/);
  expect(events()[0]).toMatchObject({ address: 'https://site.example/page' });
});

test.each([
  ['data:text/html,<title>my secret</title>', 'data:text/html'],
  ['data:text/html;name=my-secret;base64,bXkgc2VjcmV0', 'data:text/html'],
  ['data:,my secret', 'data:'],
  ['DATA:IMAGE/SVG+XML,my secret', 'DATA:IMAGE/SVG+XML'],
  ['data:my secret without a comma', 'data:my'],
])('of %s only the kind leaves', async (url, address) => {
  const { reports, events, seen } = setUp();
  // Chrome titles a data: page without a title by its address.
  await reports.report({ ...page, url, title: url });
  expect(events()[0]).toMatchObject({ address, title: '' });
  expect(JSON.stringify([events(), ...seen])).not.toMatch(/secret|bXkgc2VjcmV0/);
});

test('two pictures that are data: are two reports; the same one again is one, counted', async () => {
  const { reports, events } = setUp();
  const picture = (content: string): Pressed => ({
    ...page,
    what: 'image',
    target: `data:image/png;base64,${content}`,
  });
  const first = await reports.report(picture('AAAA'));
  const second = await reports.report(picture('BBBB'));
  expect(second).not.toBe(first);
  expect(await reports.report(picture('AAAA'))).toBe(first);
  expect(events().map(({ type }) => type)).toEqual(['report', 'report', 'repeat']);
});

test('two presses in one breath are one report, counted', async () => {
  const { reports, events } = setUp();
  const [first, second] = await Promise.all([reports.report(page), reports.report(page)]);
  expect(first).toBe(second);
  expect(events()).toMatchObject([
    { type: 'report', id: first },
    { type: 'repeat', report: first },
  ]);
});

test('a link and a picture say which page showed them; a page, which one led there', async () => {
  const { reports, events } = setUp();
  await reports.report({ ...page, what: 'link', target: 'https://elsewhere.example/' });
  await reports.report(page);
  expect(events()).toMatchObject([
    { what: 'link', address: 'https://elsewhere.example/', openedFrom: 'site.example', title: 'A page' },
    { what: 'page', openedFrom: 'before.example' },
  ]);
});

test('the block page reports the address that is closed, not itself', async () => {
  const { reports, first } = setUp();
  await reports.report({
    ...page,
    url: `${blockPage}?tier=closed-always&self=1#https://closed.example/a?b=c#d`,
    title: 'This page is closed',
  });
  expect(first()).toMatchObject({
    address: 'https://closed.example/a?b=c#d',
    what: 'closed-page',
    title: '',
  });
});

test.each([
  'chrome://settings/',
  'chrome://newtab/',
  'about:blank',
  'chrome-extension://abcdefghijklmnopabcdefghijklmnop/status.html',
  `${blockPage}?tier=packaged`,
  '',
  'javascript:alert(1)',
])('%s is nothing to report, and nothing is put on disk', async (url) => {
  const { reports, kept, seen } = setUp();
  expect(await reports.report({ ...page, url })).toBeNull();
  expect(kept).toEqual([]);
  expect(seen.size).toBe(0);
});

test('an address of 100 kB and a title of 100 kB are cut to what the wire takes', async () => {
  const { reports, first } = setUp();
  await reports.report({
    ...page,
    url: `https://site.example/?q=${'x'.repeat(100_000)}`,
    title: '😀'.repeat(50_000),
  });
  expect(first().address).toHaveLength(65_536);
  expect(first().title).toHaveLength(1_000);
});

test('nobody is thanked for what the disk did not take, and the next press is a report', async () => {
  let full = true;
  const { reports, events } = setUp({
    disk: async () => {
      if (full) throw new DOMException('full', 'QuotaExceededError');
    },
  });
  await expect(reports.report(page)).rejects.toThrow('full');
  full = false;
  expect(await reports.report(page)).toEqual(expect.any(String));
  expect(events()).toMatchObject([{ type: 'report' }]);
});

test('answer and way back are further events to the same report', async () => {
  const { reports, events } = setUp();
  const id = (await reports.report(page)) ?? '';
  await reports.answer(id, 'upset-me');
  await reports.returned(id);
  expect(events().slice(1)).toMatchObject([
    { type: 'answer', report: id, answer: 'upset-me' },
    { type: 'return', report: id },
  ]);
  expect(new Set(events().map((event) => event.id)).size).toBe(3);
});

test('an empty window is reported as the page that opened it, and marked; without one there is nothing to report', async () => {
  const { reports, first } = setUp();
  const empty: Pressed = { tabId: popUp, url: 'about:blank', title: 'Game', what: 'page' };
  expect(await reports.report({ ...empty, tabId: 7 })).toBeNull();
  expect(await reports.report(empty)).not.toBeNull();
  expect(first()).toMatchObject({ address: 'https://opener.example/game', what: 'pop-up', title: '' });
});

test('what a reported site left on the device stays: the page that shows it and what is named on it', async () => {
  const { reports, evidence } = setUp();
  await reports.report({ ...page, what: 'link', target: 'https://linked.example:8443/x' });
  await reports.report({ ...page, url: 'blob:https://made.example/1' });
  await reports.report({ ...page, url: 'data:text/html,x' });
  expect(evidence).toEqual(['https://linked.example:8443', 'https://site.example', 'https://made.example']);
});

test('the page behind view-source: is what is reported', async () => {
  const { reports, first } = setUp();
  await reports.report({ ...page, url: 'view-source:https://site.example/page' });
  expect(first().address).toBe('https://site.example/page');
});
