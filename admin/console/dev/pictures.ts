import { mkdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { serve } from '@hono/node-server';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { Hono } from 'hono';
import { createLookEndpoint } from './endpoint.ts';

/**
 * `node admin/console/dev/pictures.ts --out <folder>`: walks the built console with a made-up school behind it, takes
 * a picture of each page (laptop and phone, light and dark) and asks axe about it. Fails on any finding.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'demo-output/console' },
    only: { type: 'string', default: '' },
    from: { type: 'string' },
  },
});
const built = join(import.meta.dirname, '../../../.output/console');
const look = createLookEndpoint();
const kinds: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** As the endpoint has it (`admin/app.ts`): what it forbids must not be what a page stands on. */
const policy = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'",
};

const app = new Hono();
app.route('/', look.app);
app.get('*', async (context) => {
  const { path } = context.req;
  const kind = kinds[extname(path)];
  const file = await readFile(join(built, kind ? path : 'index.html'));
  return context.body(new Uint8Array(file), 200, { 'content-type': kind ?? 'text/html', ...policy });
});
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
await new Promise((resolve) => server.once('listening', resolve));
const place = server.address();
const origin = `http://127.0.0.1:${typeof place === 'object' ? place?.port : ''}`;

const sizes = { laptop: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } };
let findings = 0;

const steps: [name: string, walk: (page: Page) => Promise<void>][] = [
  [
    'sign-in',
    async (page) => {
      await page.goto(origin);
      await page.getByLabel('E-mail').waitFor();
    },
  ],
  [
    'sign-in-wrong',
    async (page) => {
      await page.getByLabel('E-mail').fill('safe@school.example');
      await page.getByLabel('Password', { exact: true }).fill('not this');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('alert').waitFor();
    },
  ],
  [
    'inbox',
    async (page) => {
      await page.getByLabel('Password', { exact: true }).fill('lookaround');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('link', { name: 'padlet.com' }).waitFor();
    },
  ],
  [
    'inbox-selected',
    async (page) => {
      await page.getByRole('checkbox', { name: /Select coolmath/ }).click();
      await page.getByRole('checkbox', { name: /Select poki/ }).click();
      await page.getByRole('link', { name: 'bbc.co.uk' }).focus();
      await page.keyboard.press('j');
    },
  ],
  [
    'inbox-undo',
    async (page) => {
      await page.getByRole('button', { name: 'No concern (2)' }).click();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
      look.arrive();
      await page.getByRole('link', { name: 'wattpad.com' }).waitFor();
    },
  ],
  [
    'inbox-all',
    async (page) => {
      await page.getByRole('link', { name: 'All', exact: true }).click();
      await page.getByRole('link', { name: 'poki.com' }).waitFor();
    },
  ],
  [
    'item-covered',
    async (page) => {
      await page.getByRole('link', { name: 'padlet.com' }).click();
      await page.getByRole('button', { name: 'Show title and address' }).waitFor();
    },
  ],
  [
    'item-revealed',
    async (page) => {
      await page.getByLabel('Note').fill('Spoke to 8 Newton’s teacher; the wall is closed to strangers now.');
      await page.getByRole('button', { name: 'Add note' }).click();
      await page.getByText('wrote a note').waitFor();
      await page.getByRole('button', { name: 'Show title and address' }).click();
      await page.getByText('m.okafor22').waitFor();
      await page.getByText('looked at title and address').waitFor();
    },
  ],
  [
    'inbox-empty',
    async (page) => {
      look.empty();
      await page.goto(origin);
      await page.getByRole('heading', { name: 'Nothing waits for you' }).waitFor();
    },
  ],
  [
    'seats-empty',
    async (page) => {
      await page.getByText('More', { exact: true }).click();
      await page.getByRole('link', { name: 'Seats' }).click();
      await page.getByRole('heading', { name: 'No seats yet' }).waitFor();
    },
  ],
  [
    'seats',
    async (page) => {
      look.refill();
      await page.reload();
      await page.getByText('seats up to date').waitFor();
    },
  ],
  [
    'test',
    async (page) => {
      await page.goto(`${origin}/test`);
      await page.getByLabel('Address').waitFor();
    },
  ],
  [
    'test-unread',
    async (page) => {
      await page.getByLabel('Address').fill('two words');
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByText('This is not an address.').waitFor();
    },
  ],
  [
    'test-closed',
    async (page) => {
      await page.getByLabel('Address').fill('poki.com/en/g/subway-surfers');
      await page.getByLabel('Group').selectOption({ label: '5 Oak' });
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByRole('heading', { name: 'Closed' }).waitFor();
    },
  ],
  [
    'test-closed-early',
    async (page) => {
      await page.getByLabel('Stage').selectOption('KS1');
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByText('for KS1 without an adult').first().waitFor();
    },
  ],
  [
    'test-guarded',
    async (page) => {
      await page
        .getByLabel('Address')
        .fill('https://translate.google.com/translate?sl=fr&u=https://www.roblox.com/games');
      await page.getByLabel('Stage').selectOption('KS3');
      await page.getByLabel('There', { exact: true }).check();
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByText('Shows other sites under its own name').waitFor();
    },
  ],
  [
    'test-open',
    async (page) => {
      await page.getByLabel('Address').fill('www.bbc.co.uk/bitesize/subjects');
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByRole('heading', { name: 'Open' }).waitFor();
    },
  ],
  [
    'lists',
    async (page) => {
      look.signIn('it@school.example');
      await page.goto(origin);
      await page.getByRole('link', { name: 'Lists' }).click();
      await page.getByRole('heading', { name: 'games-ut1 waits for you' }).waitFor();
      await page.getByText('adaptedmind.com').waitFor();
      await page.getByText('left out for the school').click();
    },
  ],
  [
    'lists-settled',
    async (page) => {
      await page.getByRole('button', { name: 'Use the new version' }).click();
      await page.getByRole('heading', { name: 'games-ut1 waits for you' }).waitFor({ state: 'detached' });
    },
  ],
  [
    'password',
    async (page) => {
      await page.getByRole('link', { name: 'Password' }).click();
      await page.getByRole('button', { name: 'Save password' }).click();
      await page.getByText('Enter the current password').waitFor();
    },
  ],
  [
    'first-password',
    async (page) => {
      look.signIn('first@school.example');
      await page.goto(origin);
      await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
    },
  ],
  [
    'factor-set-up',
    async (page) => {
      look.signIn('new@school.example');
      await page.goto(origin);
      await page.getByLabel('Password', { exact: true }).fill('lookaround');
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByRole('img', { name: 'QR code' }).waitFor();
    },
  ],
  [
    'factor-backup-codes',
    async (page) => {
      await page.getByLabel('Six digits').fill('123 456');
      await page.getByRole('button', { name: 'Turn on' }).click();
      await page.getByRole('heading', { name: 'Keep these codes' }).waitFor();
    },
  ],
  [
    'factor-asked',
    async (page) => {
      look.signOut();
      await page.goto(origin);
      await page.getByLabel('E-mail').fill('factor@school.example');
      await page.getByLabel('Password', { exact: true }).fill('lookaround');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByLabel('Six digits').fill('111111');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('alert').waitFor();
    },
  ],
  [
    'sign-in-day-pass',
    async (page) => {
      await page.goto(origin);
      await page.getByRole('button', { name: 'I have a day pass' }).click();
      await page.getByLabel('Code').fill('r4ne 8kwp');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('alert').waitFor();
    },
  ],
  [
    'people',
    async (page) => {
      look.signIn('head@school.example');
      await page.goto(`${origin}/people`);
      await page.getByRole('button', { name: 'Change Jo Park' }).waitFor();
    },
  ],
  [
    'people-change',
    async (page) => {
      await page.getByRole('button', { name: 'Change Grace Adeyemi' }).click();
      await page.getByRole('button', { name: 'Deactivate Grace Adeyemi' }).waitFor();
    },
  ],
  [
    'people-added',
    async (page) => {
      look.switchFactorOff();
      await page.reload();
      await page.getByRole('button', { name: 'Add somebody' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Lena Novak');
      await page.getByLabel('E-mail').fill('l.novak@school.example');
      await page.getByRole('button', { name: 'Add and show' }).click();
      await page.getByRole('heading', { name: 'One-time password for Lena Novak' }).waitFor();
      await page.getByRole('button', { name: 'Add somebody' }).click();
    },
  ],
  [
    'day-passes',
    async (page) => {
      await page.goto(`${origin}/day-passes`);
      await page.getByLabel('Name of the adult').fill('Ola Brandt');
      await page.getByLabel('2B').check();
      await page.getByRole('button', { name: 'Give and show the code' }).click();
      await page.getByRole('heading', { name: 'Code for Ola Brandt' }).waitFor();
    },
  ],
  [
    'audit',
    async (page) => {
      await page.goto(`${origin}/audit`);
      await page.getByText('gave a day pass').last().waitFor();
    },
  ],
  [
    'figures',
    async (page) => {
      await page.goto(`${origin}/figures`);
      await page.getByText('fewer than 3').first().waitFor();
    },
  ],
];

async function walk(context: BrowserContext, name: string): Promise<void> {
  look.refill();
  look.signOut();
  const page = await context.newPage();
  page.on('pageerror', (error) => console.log('PAGE ERROR', error.message));
  page.on('console', (line) => {
    if (line.text().includes('Content Security Policy')) console.log('FORBIDDEN', line.text());
  });
  const first = steps.findIndex(([step]) => step === values.from);
  for (const [step, act] of steps.slice(Math.max(0, first))) {
    await act(page);
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    for (const { id, nodes } of violations) {
      findings += nodes.length;
      console.log(
        `${name} ${step}: ${id}`,
        nodes
          .slice(0, 2)
          .map(
            ({ html, failureSummary }) => `\n   ${html.slice(0, 160)}\n   ${failureSummary?.slice(0, 300)}`,
          )
          .join(''),
      );
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) console.log(`${name} ${step}: ${wide} px too wide`);
    // The verdict is longer than a phone is high.
    const fullPage = step.startsWith('test-');
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(values.out, `${step}-${name}.png`), fullPage });
  }
  await context.close();
}

await mkdir(values.out, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [size, viewport] of Object.entries(sizes))
  for (const colorScheme of ['light', 'dark'] as const)
    if (`${size}-${colorScheme}`.includes(values.only))
      await walk(
        await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce', locale: 'en-GB' }),
        `${size}-${colorScheme}`,
      );
await browser.close();
server.close();
console.log(`${findings} findings of axe; pictures in ${values.out}`);
process.exitCode = findings > 0 ? 1 : 0;
