import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { buildDir } from '../fixtures/school.ts';

/** Scripts and styles, in bytes, raw: two thirds more than they are today. */
const AT_MOST = 100_000;
/** A name that only the package's own code says. */
const signs = { zod: 'invalid_type', tldts: 'kawasaki' };

const read = (path: string) => readFile(join(buildDir, path), 'utf8');
const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);

/** What a page loads before it shows anything: its tags, and what their scripts import at whatever depth. */
async function firstOf(page: string): Promise<Map<string, string>> {
  const html = await read(page);
  const waiting = namesIn(html, /(?:src|href)="\/([^"]+\.(?:js|css))"/g);
  const found = new Map<string, string>();
  for (const path of waiting) {
    if (found.has(path)) continue;
    const text = await read(path);
    found.set(path, text);
    for (const name of namesIn(text, /(?:from|import)\s*"\.\/([^"]+\.js)"/g)) waiting.push(`chunks/${name}`);
  }
  return found;
}

for (const page of ['blocked.html', 'reported.html', 'nothing.html'])
  test(`${page} shows its words without zod and tldts`, async () => {
    const first = await firstOf(page);
    expect([...first.keys()].filter((path) => path.endsWith('.js'))).not.toHaveLength(0);
    expect([...first.keys()].filter((path) => path.endsWith('.css'))).not.toHaveLength(0);
    for (const [path, text] of first)
      for (const [name, sign] of Object.entries(signs))
        expect(text.includes(sign), `${name} in ${path}`).toBe(false);
    const bytes = [...first.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(bytes).toBeLessThan(AT_MOST);
  });

test('the signs of zod and tldts are in the worker, which has them', async () => {
  const worker = await read('background.js');
  for (const [name, sign] of Object.entries(signs)) expect(worker.includes(sign), name).toBe(true);
});
