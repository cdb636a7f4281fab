import { expect, test } from 'vitest';
import type { Chrome } from '../../../utils/chrome.ts';
import type { Device } from '../../../utils/device.ts';
import { createReportButton } from '../../../utils/report-button.ts';

const own = (path: string) => `chrome-extension://${'a'.repeat(32)}${path}`;
const tab = { id: 7, url: 'https://site.example/', title: 'A page' } as chrome.tabs.Tab;

/** The button on a browser and a device that only write down what is done, in its order. */
function setUp(report: () => Promise<string | null> = async () => 'one') {
  const done: string[] = [];
  const browser = {
    runtime: { getURL: own },
    tabs: {
      create: async ({ url }: { url: string }) => void done.push(`opened ${url}`),
      update: async (_: number, { url }: { url: string }) => void done.push(`shown ${url}`),
      get: async () => tab,
    },
    history: {},
  } as unknown as Chrome;
  const button = createReportButton(browser, {
    ready: Promise.resolve([]) as unknown as Device['ready'],
    reports: { report } as unknown as Device['reports'],
    outbox: {
      send: async (urgent?: boolean) => void done.push(`sent${urgent ? ' at once' : ''}`),
    } as Device['outbox'],
  });
  return { button, done };
}

test('promise 5: the child is thanked once the report is on the disk, not before, and then it leaves at once', async () => {
  let onDisk: (id: string) => void = () => {};
  const { button, done } = setUp(() => new Promise((resolve) => (onDisk = resolve)));
  const pressed = button.thisPage(tab);
  // Whatever does not wait for the disk has its turns.
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  expect(done).toEqual([]);
  onDisk('one');
  await pressed;
  expect(done).toEqual([`shown ${own('/reported.html?id=one')}`, 'sent at once']);
});

test('promise 5: nobody is thanked for a report that the disk refused; its page goes, and the child is told', async () => {
  const { button, done } = setUp(async () => {
    throw new Error('the disk is full');
  });
  await button.thisPage(tab);
  expect(done[0]).toBe(`shown ${own('/reported.html?not-kept')}`);
});

test('a press on our own thank-you page is no second report', async () => {
  let reports = 0;
  const { button, done } = setUp(async () => {
    reports += 1;
    return 'one';
  });
  await button.thisPage({ ...tab, url: own('/reported.html?id=one') });
  expect([reports, done]).toEqual([0, []]);
});
