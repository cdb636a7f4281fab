import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { waitInForce } from '../fixtures/inForce.ts';
import { expect, test } from '../fixtures/test.ts';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../admin/cli.ts', import.meta.url));

test('a single page that a list names shows our block page, and never reaches its site', async ({
  site,
  school,
  openSeat,
}) => {
  const file = join(school.folder, 'pages.txt');
  await writeFile(file, 'shared-host.example/~bad\nbad.example\n');
  await run(process.execPath, [cli, 'lists', 'import', file, '--category', 'adult', '--data', school.folder]);
  const seat = await openSeat('KS3', { group: '8c' });
  await waitInForce(seat, { stage: 'KS3', lists: true });

  for (const closed of [
    'http://shared-host.example/~bad',
    'https://www.shared-host.example/~BAD/a.html?x=1',
  ]) {
    const page = await seat.visit(closed);
    // Chrome's own error page at first: the worker puts ours in its place, with the address.
    await expect.poll(() => page.url()).toContain('blocked.html?tier=closedAlways&category=adult');
    expect(page.url()).toContain(closed);
    await page.close();
  }
  const reached = () => site.visits.filter(({ host, page }) => page && host.endsWith('shared-host.example'));
  expect(reached()).toEqual([]);
  for (const open of ['http://shared-host.example/', 'http://shared-host.example/~badger']) {
    const page = await seat.visit(open);
    await expect(page.getByRole('heading')).toBeVisible();
    await page.close();
  }
  expect(reached()).toHaveLength(2);
});
