import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

test('the console bears the same mark as the extension', async () => {
  const [console, extension] = await Promise.all([
    readFile(resolve(root, 'admin/console/public/mark.svg'), 'utf8'),
    readFile(resolve(root, 'public/icons/keystage.svg'), 'utf8'),
  ]);
  expect(console).toBe(extension);
});
