import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Listening, listen } from '../../../admin/serve.ts';
import { createStrangers } from '../../../admin/strangers.ts';

test('of one address the oldest goes that has said nothing, and nobody else', () => {
  const sent: string[] = [];
  const strangers = createStrangers<string>((one) => sent.push(one), 3);
  strangers.came('spoke', 'flood');
  strangers.went('spoke');
  strangers.came('seat', 'elsewhere');
  for (let each = 0; each < 100; each += 1) strangers.came(`flood ${each}`, 'flood');
  // Its end comes a moment later, and counts once.
  for (const one of sent) strangers.went(one);
  expect(sent).toHaveLength(97);
  expect(sent.at(-1)).toBe('flood 96');
  expect(strangers.count()).toBe(4);
});

let served: Listening;
const sockets: Socket[] = [];
beforeEach(async () => {
  served = await listen({ host: '127.0.0.1', port: 0 }, 3);
  served.answerWith({ fetch: async (request) => new Response(`had ${(await request.text()).length}`) });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await served.close();
});

/** A connection that says no more than this, and what it heard. */
async function saying(words: string) {
  const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
  sockets.push(socket);
  let heard = '';
  socket
    .on('error', () => {})
    .on('data', (bytes) => {
      heard += bytes;
    });
  await new Promise((resolve) => socket.once('connect', resolve));
  if (words) socket.write(words);
  return { isOpen: () => !socket.destroyed, heard: () => heard, say: (more: string) => socket.write(more) };
}

test.each([
  ['nothing', ''],
  ['half a request', 'POST / HTTP/1.1\r\nHost: x\r\n'],
  ['half a body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf'],
])(
  'connections that say %s: beyond the bound the oldest goes, and whoever asks is answered',
  async (_what, words) => {
    const asks = await saying('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect.poll(asks.heard).toContain('had 0');
    const silent: Awaited<ReturnType<typeof saying>>[] = [];
    for (let each = 0; each < 5; each += 1) silent.push(await saying(words));
    await expect.poll(() => silent.map(({ isOpen }) => isOpen())).toEqual([false, false, true, true, true]);
    expect(asks.isOpen()).toBe(true);
    const late = await saying('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab');
    late.say('cd');
    await expect.poll(late.heard).toContain('had 4');
  },
);
