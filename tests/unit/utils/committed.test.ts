import { expect, test } from 'vitest';
import { createCommitted } from '../../../utils/committed.ts';
import { ours, watched, web } from '../../../utils/watch.ts';

test('each duty is told of its own kinds of address, and Chrome is asked for all of them', async () => {
  const told: string[] = [];
  const look = (who: string) => async (navigation: { url: string }) => {
    told.push(`${who} ${navigation.url}`);
  };
  const committed = createCommitted([
    { at: [watched], look: look('watch') },
    { at: [web], look: look('trail') },
    { at: [web, ours], look: look('network') },
  ]);
  expect(committed.at.schemes).toEqual([
    'http',
    'https',
    'data',
    'blob',
    'file',
    'filesystem',
    'chrome-extension',
  ]);
  for (const url of ['https://a.example/', 'data:text/html,x', 'chrome-extension://abc/blocked.html'])
    await committed.heard({ tabId: 1, frameId: 0, url, transitionType: 'link' });
  expect(told).toEqual([
    'watch https://a.example/',
    'trail https://a.example/',
    'network https://a.example/',
    'watch data:text/html,x',
    'network chrome-extension://abc/blocked.html',
  ]);
});
