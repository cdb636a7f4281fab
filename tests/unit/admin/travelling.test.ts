import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { wholeListPath, writeParts } from '../../../admin/subscriptions/travelling.ts';

test('a classroom that asks for a whole list in the same second gets it, and nothing half written stays', async () => {
  const lists = await mkdtemp(join(tmpdir(), 'keystage-travelling-'));
  try {
    const names = Array.from({ length: 2_000 }, (_, nth) => `site-${String(nth).padStart(4, '0')}.example`);
    const { sha256 } = await writeParts(lists, names);
    const paths = await Promise.all(Array.from({ length: 30 }, () => wholeListPath(lists, sha256)));
    expect(new Set(paths).size).toBe(1);
    expect(gunzipSync(await readFile(paths[0] ?? '')).toString()).toBe(`${names.join('\n')}\n`);
    expect((await readdir(lists)).filter((name) => name.endsWith('.new'))).toEqual([]);
    expect(await wholeListPath(lists, '0'.repeat(64))).toBeNull();
  } finally {
    await rm(lists, { recursive: true, force: true });
  }
});
