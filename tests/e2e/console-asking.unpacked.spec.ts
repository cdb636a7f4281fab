import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import type { PersonLine } from '../../admin/people/wire.ts';
import { Orders } from '../../rules/orders.ts';
import { expectTidy } from '../fixtures/barriers.ts';
import { payloadText } from '../fixtures/payload.ts';
import type { School } from '../fixtures/school.ts';
import { type Adult, appoint, ask, importClasses, openComputers, sitDown } from '../fixtures/staff.ts';
import { test as base, expect } from '../fixtures/test.ts';

type Person = { name: string; role: PersonLine['role'] };

/** The principal at her desk, 2B and 8A in the class lists, and whoever else she adds, each at a desk of their own. */
const test = base.extend<
  { head: Adult; desk: Page; arrive: (person: Person) => Promise<Page> },
  { computers: Browser }
>({
  computers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
    async ({}, use) => {
      const computers = await openComputers();
      await use(computers);
      await computers.close();
    },
    { scope: 'worker' },
  ],
  head: async ({ school, computers }, use) => {
    const head = await sitDown(computers, school, { name: 'The head', ...school.first });
    await importClasses(head.page, ['ada,2B,2', 'gus,8A,8'], 'grace.adeyemi@school.example');
    await use(head);
    await head.page.context().close();
  },
  desk: ({ head }, use) => use(head.page),
  arrive: async ({ school, head, computers }, use) => {
    const arrived: Page[] = [];
    await use(async (person) => {
      const { page } = await appoint(head, computers, school, person);
      arrived.push(page);
      return page;
    });
    for (const page of arrived) await page.context().close();
  },
});

/** A seat of a class as the endpoint sees it: it asks for pages and fetches its orders. */
async function enrol({ url, secrets }: School, stage: string, group: string, account: string) {
  const json = { 'content-type': 'application/json' };
  const send = async (path: string, body: object, headers = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { ...json, ...headers },
      body: JSON.stringify(body),
    });
    expect(answer.status, path).toBe(200);
    return answer.json();
  };
  const { seat, key } = await send('/v1/enrol', {
    token: secrets.enrolmentToken,
    installId: randomUUID(),
    stage,
    account,
    extensionVersion: '0.1.0',
  });
  const authorization = `Bearer ${seat}.${key}`;
  const versions = { policy: null, catalogue: null, orders: null };
  /** What a document says, read without a look at its signature. */
  const signed = async (document: 'orders' | 'policy'): Promise<string> => {
    const jws = await (await fetch(`${url}/v1/${document}`, { headers: { authorization } })).text();
    return payloadText(jws);
  };
  return {
    asksFor: async (address: string, why: string) => {
      const said = { stage, group, account, versions, address, why, at: new Date().toISOString() };
      const verdict = { open: false, tier: 'packaged' };
      const event = { ...said, type: 'request', id: randomUUID(), verdict };
      await send('/v1/requests', { events: [event] }, { authorization });
    },
    /** Its network closes what a grant opened. */
    meetsTheNetwork: (grant: string, host: string) =>
      send('/v1/network-closed', { grant, host, at: new Date().toISOString() }, { authorization }),
    orders: async () => Orders.parse(JSON.parse(await signed('orders'))),
    policy: () => signed('policy'),
  };
}

test('a pupil asks: it appears by itself, a look shows who and why, yes opens it, a no has a reason', async ({
  school,
  arrive,
}) => {
  const teacher = await arrive({ name: 'Grace Adeyemi', role: 'teacher' });
  await teacher.getByRole('link', { name: 'Requests' }).click();
  await teacher.getByRole('heading', { name: 'Nobody is waiting' }).waitFor();
  const seat = await enrol(school, 'KS3', '8a', 'gus@school.example');

  await seat.asksFor('https://museum.example/bones/facts.html?page=2', 'for our poster');
  const row = teacher.locator('.request', { hasText: 'museum.example' });
  await expect(row).toBeVisible({ timeout: 5_000 });
  await expect(row).toContainText('8A · KS3');
  await expect(row.locator('.waits')).toContainText('just now');
  expect(await teacher.locator('body').innerText()).not.toMatch(/gus|bones|poster/);
  await expect(teacher.getByRole('link', { name: 'Requests' })).toContainText('1');

  await row.getByRole('button', { name: /^Look at who asks for museum.example/ }).click();
  await expect(row).toContainText('for our poster');
  await expect(row).toContainText('https://museum.example/bones/facts.html?page=2');
  await expectTidy(teacher);
  await row.getByRole('radio', { name: 'This part of the site' }).check();
  await row.getByRole('radio', { name: 'All of 8A' }).check();
  await row.getByRole('button', { name: /^Yes, open it for 8A until/ }).click();
  await expect(teacher.locator('.good')).toContainText('museum.example is open for 8A until');
  await expect(row).toHaveCount(0);
  await expect
    .poll(async () => (await seat.orders()).grants.map(({ entries }) => entries.map(({ entry }) => entry)))
    .toEqual([['museum.example/bones/']]);

  await seat.asksFor('https://games.example/', '');
  await teacher.getByRole('button', { name: /^Look at who asks for games.example/ }).click();
  await teacher.getByRole('button', { name: 'Say no' }).click();
  await expect(teacher.locator('.request-no')).toContainText('the pupil reads it');
  await teacher.getByRole('button', { name: 'Come and ask me about it.' }).click();
  await expect(teacher.getByRole('heading', { name: 'Nobody is waiting' })).toBeVisible();
  await expect
    .poll(async () => (await seat.orders()).answers?.map(({ answer, reason }) => [answer, reason]))
    .toContainEqual(['no', 'Come and ask me about it.']);
});

test('an unblock is asked for by a teacher, agreed by the network manager, and ended early', async ({
  school,
  arrive,
}) => {
  const teacher = await arrive({ name: 'Grace Adeyemi', role: 'teacher' });
  const manager = await arrive({ name: 'Priya Shah', role: 'network-manager' });
  await teacher.getByRole('link', { name: 'Unblocks' }).click();
  await teacher.getByRole('button', { name: 'Ask for an unblock' }).click();
  await teacher.getByRole('button', { name: 'Ask the network manager' }).click();
  await expect(teacher.getByLabel('Sites, one on each line')).toBeFocused();
  await teacher.getByLabel('For which class?').selectOption('8A');
  await teacher.getByLabel('Sites, one on each line').fill('https://swords.example/history\narms.example');
  await teacher.getByLabel('What is it for?').fill('The Battle of Hastings, two weeks.');
  await teacher.getByRole('button', { name: 'Ask the network manager' }).click();
  await expect(teacher.locator('.good')).toContainText('It waits for the network manager');

  await expect(manager.getByRole('link', { name: 'Unblocks' })).toContainText('1', { timeout: 5_000 });
  await manager.getByRole('link', { name: 'Unblocks' }).click();
  const waiting = manager.getByRole('form', { name: /^Decide about swords.example/ });
  await waiting.getByRole('button', { name: /^Yes, open it for 8A/ }).click();
  await expect(waiting).toContainText('Write why');
  await waiting.getByLabel(/^Why\?/).fill('Museum pages; I looked at both.');
  await waiting.getByRole('button', { name: /^Yes, open it for 8A/ }).click();
  await expect(manager.locator('.good')).toContainText('is agreed for 8A');

  const seat = await enrol(school, 'KS3', '8a', 'gus@school.example');
  const grants = async () => (await seat.orders()).grants;
  await expect.poll(async () => (await grants()).length).toBe(1);
  await seat.meetsTheNetwork((await grants())[0]?.id ?? '', 'arms.example');
  await teacher.goto(`${school.consoleUrl}/unblocks`);
  const open = teacher.locator('.thing', { hasText: 'swords.example/history' });
  await expect(open).toContainText('agreed by Priya Shah: “Museum pages; I looked at both.”');
  await expect(open).toContainText('The school’s network still closes arms.example');
  await open.getByRole('button', { name: /^End swords/ }).click();
  await expect(open).toContainText('closes for 8A at once');
  await teacher.setViewportSize({ width: 390, height: 844 });
  await expectTidy(teacher);
  await open.getByRole('button', { name: /^End swords/ }).click();
  await expect(teacher.locator('.good')).toContainText('Ended');
  await expect.poll(async () => (await grants()).length).toBe(0);
});

test('new technology waits for consent of somebody else; a video asks whether it was watched', async ({
  school,
  desk,
  arrive,
}) => {
  const teacher = await arrive({ name: 'Grace Adeyemi', role: 'teacher' });
  await teacher.goto(`${school.consoleUrl}/approvals`);
  await teacher.getByRole('button', { name: 'Approve a site' }).click();
  const form = teacher.getByRole('form', { name: 'Approve a site' });
  await form.getByLabel('What is it?').selectOption('One video');
  await form.getByRole('button', { name: 'Approve it' }).click();
  await expect(form).toContainText('Watch it to its end first');
  await form.getByLabel('What is it?').selectOption('New technology');
  await form.getByLabel('Address', { exact: true }).fill('wall.example');
  await form.getByLabel('What pupils call it').fill('Class wall');
  await form.getByLabel('What is it for?').fill('A wall for our research.');
  await form.getByLabel('Risk assessment').fill('The teacher sees each post before it appears; no names.');
  await form.getByLabel('KS3').check();
  await expectTidy(teacher);
  await form.getByRole('button', { name: 'Send it for consent' }).click();
  await expect(teacher.locator('.good')).toContainText('Class wall waits for consent');
  await expect(teacher.getByRole('button', { name: 'Consent to Class wall' })).toHaveCount(0);

  const seat = await enrol(school, 'KS3', '8a', 'gus@school.example');
  expect(await seat.policy()).not.toContain('wall.example');

  await desk.goto(`${school.consoleUrl}/approvals`);
  const waiting = desk.getByRole('form', { name: 'Decide about Class wall' });
  await waiting.getByLabel(/^Why\?/).fill('Agreed in the leadership meeting.');
  await waiting.getByRole('button', { name: 'Consent to Class wall' }).click();
  await expect(desk.locator('.good')).toContainText('Class wall is on the list now');
  expect(await seat.policy()).toContain('wall.example');
  await desk.getByRole('button', { name: 'Take Class wall off the list' }).click();
  await desk.getByRole('button', { name: 'Take Class wall off the list' }).click();
  await expect(desk.locator('.good')).toContainText('Class wall is off the list');
  expect(await seat.policy()).not.toContain('wall.example');
});

test('a class list with an error changes nothing and names each place; put right, it is looked at and applied', async ({
  school,
  arrive,
}) => {
  const office = await arrive({ name: 'Ola Brandt', role: 'office' });
  await office.getByRole('link', { name: 'Classes' }).click();
  await office.getByRole('link', { name: 'Import class lists' }).click();
  const lines = ['Email,Name,Class,Year', 'ada@school.example,ada,2B,2', 'gus@school.example,gus,8B,8'];
  const give = async (text: string) => {
    await office
      .getByLabel('The file')
      .setInputFiles({ name: 'classes.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await office.getByRole('button', { name: 'See what it would change' }).click();
  };
  await give([...lines, 'not-an-account,Nia,2B,two'].join('\n'));
  await expect(office.getByRole('row', { name: /classes.csv 4 Email/ })).toContainText('not-an-account');
  await expect(office.getByRole('row', { name: /classes.csv 4 Year/ })).toContainText('"two"');
  await expect(office.getByRole('button', { name: 'Apply it' })).toHaveCount(0);
  await expectTidy(office);

  await give([...lines, 'nia@school.example,Nia,2B,2'].join('\n'));
  await expect(office.getByText('1 pupil joins')).toBeVisible();
  await office.getByText('1 pupil changes class').click();
  await expect(office.locator('.preview')).toContainText('gus: 8a → 8b');
  const pupilsOf = async (group: string) => {
    const { groups } = (await ask(office, '/console/api/groups')) as {
      groups: { id: string; pupils: number }[];
    };
    return groups.find(({ id }) => id === group)?.pupils;
  };
  expect(await pupilsOf('2b')).toBe(1);
  await office.getByRole('button', { name: 'Apply it' }).click();
  await expect(office.locator('.good')).toContainText('in force');
  expect(await pupilsOf('2b')).toBe(2);

  await office.goto(`${school.consoleUrl}/group?id=2b`);
  await office.getByLabel('Name', { exact: true }).fill('Dev Rao');
  await office.getByLabel(/^Account/).fill('dev@school.example');
  await office.keyboard.press('Enter');
  await expect(office.locator('.pupil', { hasText: 'Dev Rao' })).toBeVisible();
  // Who manages classes does not see what holds for one pupil alone.
  await expect(office.getByRole('button', { name: /alone$/ })).toHaveCount(0);
  await office.setViewportSize({ width: 390, height: 844 });
  await expectTidy(office);
});

test('care and homework: access is withdrawn and given back, an individual need has a review, homework ends', async ({
  school,
  desk,
}) => {
  const seat = await enrol(school, 'KS3', '8a', 'gus@school.example');
  await desk.goto(`${school.consoleUrl}/group?id=8a`);
  await desk.getByRole('button', { name: 'What holds for gus alone' }).click();
  await desk.getByRole('button', { name: 'Withdraw access' }).click();
  await desk.getByLabel('Why?').fill('Agreed with home.');
  await desk.getByRole('button', { name: 'Withdraw access of gus' }).click();
  await expect(desk.locator('.pupil', { hasText: 'gus' })).toContainText('access withdrawn');
  const suspended = async () => (await seat.orders()).suspensions.length;
  await expect.poll(suspended).toBe(1);
  await desk.getByRole('button', { name: 'Give access back to gus' }).click();
  await desk.getByRole('button', { name: 'Give access back to gus' }).click();
  await expect.poll(suspended).toBe(0);

  await desk.getByRole('button', { name: 'Add an individual need' }).click();
  await desk.getByLabel('Sites that are closed, one on each line').fill('chat.example');
  await desk.getByLabel('Why?').fill('Plan of 3 November.');
  await expectTidy(desk);
  await desk.getByRole('button', { name: 'Set it' }).click();
  await expect(desk.locator('.care')).toContainText('chat.example');
  await expect(desk.locator('.care')).toContainText('looks at it again by');

  await desk.goto(`${school.consoleUrl}/homework`);
  await desk.getByRole('button', { name: 'Set homework' }).click();
  await desk.getByRole('checkbox', { name: '8A' }).check();
  await desk.getByLabel(/^The task/).fill('Finish the poster');
  await desk.getByLabel('Other sites, one on each line').fill('museum.example/bones');
  await expectTidy(desk);
  await desk.getByRole('button', { name: 'Set it' }).click();
  await expect(desk.locator('.thing')).toContainText('museum.example/bones');
  const grants = async () => (await seat.orders()).grants.length;
  await expect.poll(grants).toBe(1);
  await desk.getByRole('button', { name: 'End “Finish the poster” now' }).click();
  await desk.getByRole('button', { name: 'End “Finish the poster” now' }).click();
  await expect(desk.getByRole('heading', { name: 'No homework is open' })).toBeVisible();
  await expect.poll(grants).toBe(0);
});
