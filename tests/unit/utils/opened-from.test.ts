import { beforeEach, expect, test } from 'vitest';
import { createOpenedFrom } from '../../../utils/opened-from.ts';

let stored: Record<string, unknown>;
let calls: string[];
let written: () => void;

beforeEach(() => {
  stored = {};
  calls = [];
  written = () => undefined;
});

const trail = () =>
  createOpenedFrom(
    {
      get: async (key) => {
        calls.push(`get ${key}`);
        return key in stored ? { [key]: stored[key] } : {};
      },
      set: async (items) => {
        calls.push(`set ${Object.keys(items)}`);
        Object.assign(stored, items);
      },
      remove: async (key) => {
        delete stored[key];
      },
    },
    async () => undefined,
    (write) => {
      written = write;
    },
  );
const went = (url: string, transitionType = 'link', tabId = 1) => ({
  tabId,
  frameId: 0,
  url,
  transitionType,
});

test('a link names where it led from; a typed address does not', async () => {
  const from = trail();
  await from.committed(went('https://first.example/', 'typed'));
  expect(await from.of(1)).toBeUndefined();
  await from.committed(went('https://second.example/'));
  expect(await from.of(1)).toBe('first.example');
  await from.committed(went('https://third.example/', 'typed'));
  expect(await from.of(1)).toBeUndefined();
});

test('storage is read once a tab, and written together, later', async () => {
  const from = trail();
  await from.committed(went('https://first.example/', 'typed'));
  await from.committed(went('https://second.example/'));
  await from.committed(went('https://other.example/', 'typed', 2));
  expect(calls).toEqual(['get from:1', 'get from:2']);
  written();
  expect(calls.slice(2)).toEqual(['set from:1,from:2']);
});

test('another run of the worker goes on from what was written', async () => {
  const from = trail();
  await from.committed(went('https://first.example/', 'typed'));
  written();
  const woken = trail();
  await woken.committed(went('https://second.example/'));
  expect(await woken.of(1)).toBe('first.example');
});

test('a visit to help is never written, and is nobody’s way', async () => {
  const from = trail();
  await from.committed(went('https://first.example/', 'typed'));
  await from.committed(went('https://www.childline.org.uk/'));
  written();
  expect(stored).toEqual({});
  await from.committed(went('https://second.example/'));
  expect(await from.of(1)).toBeUndefined();
});

test('a closed tab leaves nothing behind; a new one comes from the page that opened it', async () => {
  const from = trail();
  await from.committed(went('https://first.example/', 'typed'));
  await from.openedTab({
    sourceTabId: 1,
    sourceFrameId: 0,
    tabId: 2,
    url: 'https://opened.example/',
  });
  await from.tabClosed(1);
  written();
  expect(Object.keys(stored)).toEqual(['from:2']);
  await from.committed(went('https://second.example/', 'link', 2));
  expect(await from.of(2)).toBe('first.example');
});
