import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../../admin/store/open.ts';
import { enrolRequest, makeReport } from './school.ts';

const main = new URL('../../../admin/main.ts', import.meta.url).pathname;
let folder: string;
let running: ChildProcess[] = [];
beforeEach(async () => {
  // On a disk, as schools have it, where the other tests write to memory.
  folder = await mkdtemp('/var/tmp/keystage-kill-');
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  running = [];
  await rm(folder, { recursive: true, force: true });
});

/** The real endpoint in a process of its own; resolves when it says that it is ready. */
async function startEndpoint(): Promise<{ child: ChildProcess; device: string; said: string }> {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      KEYSTAGE_DATA: folder,
      KEYSTAGE_SCHOOL: 'wrenfield-all-through',
      KEYSTAGE_DEVICE_LISTEN: '127.0.0.1:0',
      KEYSTAGE_CONSOLE_LISTEN: '127.0.0.1:0',
      KEYSTAGE_LOG: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  let said = '';
  const device = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the endpoint ended with ${code}`)));
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      said += part;
      const ready = /^KEYSTAGE READY device=(\S+)/m.exec(said);
      if (ready?.[1]) resolve(ready[1]);
    });
  });
  return { child, device, said };
}

const gone = (child: ChildProcess) =>
  new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)));

const send = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

async function enrolAt(device: string) {
  const { enrolmentToken } = JSON.parse(await readFile(join(folder, 'secrets.json'), 'utf8'));
  const { seat, key } = await (await send(`${device}/v1/enrol`, enrolRequest(enrolmentToken))).json();
  return { authorization: `Bearer ${seat}.${key}` };
}

test('SIGKILL under 500 concurrent reports: every acknowledged one is there exactly once', {
  timeout: 90_000,
}, async ({ annotate }) => {
  const first = await startEndpoint();
  expect(first.said).toMatch(/^One-time password: \S+$/m);
  const seats = await Promise.all(Array.from({ length: 10 }, () => enrolAt(first.device)));
  const reports = Array.from({ length: 500 }, () => makeReport({ id: randomUUID() }));
  const acknowledged = new Set<string>();
  const killed = gone(first.child);

  const sent = reports.map(async (report, index) => {
    const answer = await send(`${first.device}/v1/reports`, { events: [report] }, seats[index % 10]);
    const { receipts } = await answer.json();
    if (receipts[0].status === 'stored') acknowledged.add(receipts[0].id);
    // In the middle: some are answered, some are being written, some have not arrived.
    if (acknowledged.size === 120) first.child.kill('SIGKILL');
  });
  const outcomes = await Promise.allSettled(sent);
  expect(await killed).toBe('SIGKILL');
  expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
  expect(acknowledged.size).toBeGreaterThanOrEqual(120);
  expect(acknowledged.size).toBeLessThan(500);

  // The endpoint starts again on what is there; the devices send again what was not acknowledged, and some that was.
  const second = await startEndpoint();
  expect(second.said).not.toContain('One-time password');
  const idsNow = async () => {
    const store = await openStore(folder);
    const rows = await store.selectFrom('items').select('id').execute();
    await store.destroy();
    return rows.map(({ id }) => id);
  };
  const kept = await idsNow();
  expect(kept).toEqual(expect.arrayContaining([...acknowledged]));
  expect(new Set(kept).size).toBe(kept.length);

  const again = await Promise.all(
    reports.map((report, index) =>
      send(`${second.device}/v1/reports`, { events: [report] }, seats[index % 10]),
    ),
  );
  expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
  await annotate(`${acknowledged.size} of 500 acknowledged before SIGKILL, ${kept.length} on the disk`);
  expect((await idsNow()).sort()).toEqual(reports.map(({ id }) => id).sort());

  const stopped = gone(second.child);
  second.child.kill('SIGTERM');
  expect(await stopped).toBe(null);
});
