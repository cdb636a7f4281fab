import { mkdir, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { placesIn } from '../../../admin/data-folder.ts';
import { serve } from './lessons-school.ts';
import { openSchool } from './school.ts';

const MB = 1_048_576;
const hash = 'a'.repeat(64);
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** Megabytes that somebody still holds. */
function held(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().arrayBuffers / MB;
}

/** Asks, takes the first bytes of the answer, and nothing more. */
async function askAndLeave(port: number, path: string, authorization: string): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' });
  sockets.push(socket);
  socket.on('error', () => {});
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nAccept-Encoding: gzip\r\n\r\n`,
  );
  await new Promise((resolve) => socket.once('readable', resolve));
}

test.each([
  ['the extension', '/keystage.crx'],
  ['a part of a list', `/v1/lists/parts/${hash}`],
  ['a whole list', `/v1/lists/${hash}`],
])('%s that nobody takes stays on the disk: many who ask for it fill no memory', async (_what, path) => {
  const school = await openSchool();
  const { lists, packed } = placesIn(school.folder);
  for (const folder of [lists, packed]) await mkdir(folder, { recursive: true });
  for (const file of [
    join(packed, 'keystage.crx'),
    join(lists, `${hash}.part.gz`),
    join(lists, `${hash}.gz`),
  ])
    await writeFile(file, Buffer.alloc(8 * MB));
  const served = await serve(school);
  const { seat, key } = await school.enrol();
  const before = held();
  for (let each = 0; each < 12; each += 1) await askAndLeave(served.port, path, `Bearer ${seat}.${key}`);
  expect(held() - before).toBeLessThan(40);
  for (const socket of sockets) socket.destroy();
  await served.close();
  await school.close();
});
