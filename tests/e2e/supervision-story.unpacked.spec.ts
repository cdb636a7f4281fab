import type { Browser, Locator, Page } from '@playwright/test';
import { LiveLesson } from '../../admin/lessons/wire.ts';
import { closedOn } from '../fixtures/blockPage.ts';
import { waitInForce } from '../fixtures/inForce.ts';
import { endLessons, inSeconds } from '../fixtures/lessons.ts';
import { newTab } from '../fixtures/newTab.ts';
import { picture } from '../fixtures/picture.ts';
import type { Profile } from '../fixtures/profile.ts';
import { openSchool, type School } from '../fixtures/school.ts';
import { closePages } from '../fixtures/sharedSeat.ts';
import { openSite, type Site } from '../fixtures/site.ts';
import { type Adult, appoint, deactivate, openComputers, sitDown } from '../fixtures/staff.ts';
import { test as base, expect, openUnpacked } from '../fixtures/test.ts';

/** A school day: adults at the console, a child of 2B and a child of 8A, each in a Chromium of their own. */
type Day = {
  site: Site;
  school: School;
  computers: Browser;
  head: Adult;
  /** Ms Khan, who has 2B and 8A by the class list. */
  teacher: Adult;
  ks1: Profile;
  ks3: Profile;
  /** One more child of KS3. */
  sitsDown(group: string): Promise<Profile>;
};

const test = base.extend<{ day: Day }, { morning: Day }>({
  // Once for all tests here: three browsers and their adults take half a minute to come.
  morning: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
    async ({}, use) => {
      const computers = await openComputers();
      const [site, school] = await Promise.all([openSite(), openSchool()]);
      const head = await sitDown(computers, school, { name: 'The head', ...school.first });
      const teacher = await appoint(head, computers, school, { name: 'Ms Khan', role: 'teacher' });
      await importClasses(school, head, teacher);
      const seats: Profile[] = [];
      const seatOf = async (stage: 'KS1' | 'KS3', group: string) => {
        const seat = await openUnpacked(site, school, stage, { group });
        seats.push(seat);
        await waitInForce(seat, { policy: true, stage, lists: stage !== 'KS1' });
        return seat;
      };
      const [ks1, ks3] = [await seatOf('KS1', '2b'), await seatOf('KS3', '8a')];
      const sitsDown = (group: string) => seatOf('KS3', group);
      await use({ site, school, computers, head, teacher, ks1, ks3, sitsDown });
      for (const seat of seats) await seat.close();
      await computers.close();
      await school.close();
      await site.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  day: async ({ morning }, use) => {
    const { teacher, site, school, ks1, ks3 } = morning;
    await teacher.page.goto(`${school.consoleUrl}/lessons`);
    await use(morning);
    await endLessons(teacher.ask);
    for (const seat of [ks1, ks3]) await closePages(seat);
    site.startAfresh();
  },
});
test.setTimeout(90_000);

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const button = (page: Page | Locator, name: string | RegExp) => page.getByRole('button', { name });
/** What is waited for across the house, on a machine that does other things as well. */
const soon = { timeout: 15_000 };
const dinosaurs = 'https://nhm.ac.uk/discover/dino-directory';

/** By the page on class lists: the file, a look at what it would change, and yes. */
async function importClasses({ consoleUrl }: School, { page }: Adult, teacher: Adult): Promise<void> {
  const pupils = ['Ada,2B,2', 'Ben,2B,2', 'Cal,8A,8', 'Dee,8A,8'].map((line) => {
    const [name = '', ...rest] = line.split(',');
    return [`${name.toLowerCase()}@school.example`, name, ...rest, teacher.email].join(',');
  });
  const text = ['Email,Name,Class,Year,Teacher email', ...pupils].join('\n');
  await page.goto(`${consoleUrl}/class-lists`);
  await page
    .getByLabel('The file')
    .setInputFiles({ name: 'classes.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await button(page, 'See what it would change').click();
  await expect(page.getByText('4 pupils join')).toBeVisible();
  await button(page, 'Apply it').click();
  await page.getByRole('link', { name: 'Look at the classes' }).waitFor();
}

/** 2B had a lesson, and it is over. */
async function hadALesson(teacher: Adult): Promise<void> {
  const site = (entry: string, title: string) => ({ entry, title, looked: true, reason: 'Our topic.' });
  const lesson = await teacher.ask('/console/api/lessons', {
    groups: ['2b'],
    kind: 'directly-supervised',
    sites: [
      site('nhm.ac.uk/discover/dino-directory', 'Dinosaurs'),
      site('bbc.co.uk/bitesize/topics/dinosaurs', 'Fossil hunt'),
      site('phonicsplay.co.uk/resources', 'Phonics Play'),
      site('topmarks.co.uk/maths-games', 'Counting'),
    ],
    endsAt: inSeconds(1_800),
  });
  await teacher.ask(`/console/api/lessons/${LiveLesson.parse(lesson).id}`, { change: 'stop' });
}

/** Milliseconds until all of that is so. */
async function took(...what: Promise<unknown>[]): Promise<number> {
  const began = performance.now();
  await Promise.all(what);
  return Math.round(performance.now() - began);
}

test('KS1: waits, a tap brings the tiles, eyes up covers both windows and gives them back, the end closes', async ({
  day: { site, teacher, ks1, ks3 },
}) => {
  site.show('nhm.ac.uk', '/discover/dino-directory', '<h1>Dinosaurs</h1><textarea></textarea>');
  await hadALesson(teacher);
  const start = await newTab(ks1);
  await expect(heading(start)).toHaveText('Ask your teacher to open the computer.', soon);
  await picture(start, 'ks1-waiting');
  const older = await newTab(ks3);
  await expect(heading(older)).toHaveText('Open for you now', soon);

  const { page } = teacher;
  const startIt = button(page, /^Start for 2B until/);
  await startIt.waitFor();
  await picture(page, 'console-lessons');
  await startIt.click();
  const tapped = await took(expect(heading(start)).toHaveText('Here are your pages.', soon));
  await expect(start.getByRole('listitem')).toHaveCount(4);
  await picture(start, 'ks1-tiles');
  // Nobody in 8A notices.
  await expect(heading(older)).toHaveText('Open for you now');

  await start.getByRole('link', { name: 'Dinosaurs' }).click();
  await start.waitForURL(dinosaurs);
  await start.locator('textarea').fill('T. rex');
  const beside = await newTab(ks1, 'https://topmarks.co.uk/maths-games');
  await beside.waitForURL('https://topmarks.co.uk/maths-games');

  await page.locator('.card-live h2 a', { hasText: '2B' }).click();
  await expect(page.getByText('1 here', { exact: true })).toBeVisible(soon);
  await picture(page, 'console-lesson-live');
  await button(page, 'Eyes up').click();
  const covered = await took(
    expect(heading(start)).toHaveText('Look at your teacher.', soon),
    expect(heading(beside)).toHaveText('Look at your teacher.', soon),
  );
  await button(page, 'Let them go on').click();
  const back = await took(
    start.waitForURL(dinosaurs, soon),
    beside.waitForURL('https://topmarks.co.uk/maths-games', soon),
  );
  await expect(start.locator('textarea')).toHaveValue('T. rex');

  await button(page, 'End lesson for 2B').click();
  await page.locator('.ending').getByRole('button', { name: 'End lesson for 2B' }).click();
  const ended = await took(closedOn(ks1, start), closedOn(ks1, beside));
  await expect(heading(start)).toHaveText('Ask your teacher to open the computer.');
  await expect(heading(page)).toHaveText('This lesson is over');
  console.log(`tap ${tapped} ms, eyes up ${covered} ms, back ${back} ms, end ${ended} ms`);

  // Another, which nobody ends: the clock does.
  const endsAt = inSeconds(6);
  await teacher.ask('/console/api/lessons', {
    groups: ['2b'],
    kind: 'directly-supervised',
    sites: [{ entry: 'nhm.ac.uk/discover/dino-directory', looked: true, reason: 'Our topic.' }],
    endsAt,
  });
  await start.waitForURL(dinosaurs, soon);
  await start.waitForURL(`${ks1.own('blocked.html')}**`, { ...soon, waitUntil: 'commit' });
  const late = Date.now() - Date.parse(endsAt);
  console.log(`closed ${late} ms after its end`);
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThan(1_000);
});

test('KS3: a directed lesson, a no with its reason, a yes that goes on by itself, the warning before the end', async ({
  day: { school, teacher, ks1, ks3 },
}) => {
  const { page } = teacher;
  const young = await newTab(ks1);
  // Its card's button is named otherwise once the class has had a lesson.
  await button(page.locator('.card', { hasText: '8A' }), /^(Set up a lesson for 8A|Something else)/).click();
  const dialog = page.getByRole('dialog', { name: 'A lesson for 8A' });
  await dialog.getByRole('radio', { name: /all else waits/ }).check();
  await dialog.getByLabel('Add an address for this lesson').fill('english-heritage.org.uk');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByRole('button', { name: /^Start until/ }).click();
  await expect(heading(page)).toHaveText('Lesson for 8A');
  await expect(page.getByText('1 here', { exact: true })).toBeVisible(soon);

  const start = await newTab(ks3);
  await expect(heading(start)).toHaveText('Your lesson with Ms Khan', soon);
  await start.getByRole('link', { name: 'english-heritage.org.uk' }).click();
  await start.waitForURL('https://english-heritage.org.uk/');
  const no = await visit(ks3, 'https://castles.example/siege-weapons');
  await closedOn(ks3, no);
  await expect(heading(no)).toHaveText('Your lesson has its own pages.');
  await picture(no, 'ks3-directed');

  // The teacher's page is not touched: what is asked comes to it.
  await ask(no, 'It has drawings of a trebuchet for our poster');
  await page.getByRole('link', { name: '1 pupil asks for something' }).click(soon);
  await button(page, 'Look at who asks for castles.example and why, and answer').click();
  await expect(page.getByText('It has drawings of a trebuchet for our poster')).toBeVisible();
  await picture(page, 'console-requests');
  await page
    .getByLabel('In your own words, for the pupil to read')
    .fill('we look at weapons on Friday, not now');
  await button(page, 'Say no').click();
  await expect(no.getByText('Ms Khan said no: “we look at weapons on Friday, not now”')).toBeVisible(soon);
  await picture(no, 'request-answered-no');

  const yes = await visit(ks3, 'https://domesday.example/map');
  await closedOn(ks3, yes);
  await ask(yes, 'To find our village in 1086');
  await button(page, 'Look at who asks for domesday.example and why, and answer').click(soon);
  await button(page, /^Yes, open it for/).click();
  await yes.waitForURL('https://domesday.example/map', soon);
  await expect(no.getByText(/Ms Khan said no/)).toBeVisible();
  await expect(heading(young)).toHaveText('Ask your teacher to open the computer.');

  // Two minutes before the end the child is told; ten minutes more take the notice back.
  const told = async () => (await ks3.worker()).evaluate(() => chrome.notifications.getAll());
  await teacher.ask('/console/api/lessons', {
    groups: ['8a'],
    kind: 'directed',
    sites: [{ entry: 'english-heritage.org.uk' }],
    endsAt: inSeconds(124),
  });
  await expect.poll(told, soon).toHaveProperty('ending');
  await page.goto(`${school.consoleUrl}/lessons`);
  await button(page.locator('.card-live', { hasText: '8A' }), '10 minutes more').click();
  await expect.poll(told, soon).not.toHaveProperty('ending');
  await button(page, 'End lesson for 8A').click();
  // What waited for the end goes on.
  await no.waitForURL('https://castles.example/siege-weapons', soon);
});

test('an unblock that a teacher asks for and the network manager agrees to opens for that class alone', async ({
  day: { computers, head, school, teacher, ks3, sitsDown },
}) => {
  const manager = await appoint(head, computers, school, { name: 'Sam Price', role: 'network-manager' });
  const elsewhere = await sitsDown('8b');
  const address = 'https://reddit.com/r/AskHistorians';
  const [here, there] = [await visit(ks3, address), await visit(elsewhere, address)];
  expect((await closedOn(ks3, here)).tier).toBe('closedAlways');
  await closedOn(elsewhere, there);

  await teacher.page.goto(`${school.consoleUrl}/unblocks`);
  await button(teacher.page, 'Ask for an unblock').click();
  const form = teacher.page.getByRole('form', { name: 'Ask for an unblock' });
  await form.getByLabel('For which class?').selectOption({ label: '8A' });
  await form.getByLabel('Sites, one on each line').fill('reddit.com/r/AskHistorians');
  await form.getByLabel('What is it for?').fill('How historians weigh a source, six lessons.');
  await button(teacher.page, 'Ask the network manager').click();
  await expect(teacher.page.locator('.good')).toContainText('It waits for the network manager.');

  await manager.page.goto(`${school.consoleUrl}/unblocks`);
  const decision = manager.page.getByRole('form', { name: /^Decide about reddit\.com/ });
  await decision.getByLabel(/^Why\?/).fill('Read first: the thread pages only, and it is moderated.');
  await picture(manager.page, 'console-unblocks');
  await decision.getByRole('button', { name: /^Yes, open it for 8A/ }).click();
  await here.waitForURL(address, soon);
  await there.reload();
  await closedOn(elsewhere, there);

  await teacher.page.reload();
  await button(teacher.page, 'End reddit.com/r/AskHistorians for 8A').click();
  await button(teacher.page.locator('.ends-early'), 'End reddit.com/r/AskHistorians for 8A').click();
  await closedOn(ks3, here);
});

test('a teacher who is deactivated ends her lesson; of two lessons the newest holds, and the other teacher is told', async ({
  day: { computers, head, school, teacher, ks1, ks3 },
}) => {
  const cover = await appoint(head, computers, school, { name: 'Mr Lowe', role: 'teacher' });
  const lesson = (groups: string[], kind: string, entry: string) => ({
    groups,
    kind,
    sites: [{ entry, looked: true, reason: 'Our topic.' }],
    endsAt: inSeconds(1_800),
  });
  await teacher.ask('/console/api/lessons', lesson(['8a'], 'directed', 'english-heritage.org.uk'));
  await cover.ask('/console/api/lessons', lesson(['2b'], 'directly-supervised', 'nhm.ac.uk/discover'));
  const start = await newTab(ks3);
  await expect(heading(start)).toHaveText('Your lesson with Ms Khan', soon);
  const young = await visit(ks1, 'https://nhm.ac.uk/discover/dino-directory');
  await young.waitForURL(dinosaurs, soon);

  // Her pupils, and somebody else's lesson later: it holds, and her card says whose it is.
  const castle = await visit(ks3, 'https://english-heritage.org.uk/');
  await castle.waitForURL('https://english-heritage.org.uk/');
  await cover.ask('/console/api/lessons', lesson(['8a'], 'directed', 'maps.example'));
  await expect(heading(start)).toHaveText('Your lesson with Mr Lowe', soon);
  await closedOn(ks3, castle);
  const card = teacher.page.locator('.card-live', { hasText: '8A' });
  await expect(card.getByText('Mr Lowe has started a lesson that reaches some of these pupils.')).toBeVisible(
    soon,
  );

  await deactivate(head, cover);
  await closedOn(ks1, young);
  await expect(heading(young)).toHaveText('Ask your teacher to open the computer.');
  // Hers goes on, since it is the newest that is left.
  await expect(heading(start)).toHaveText('Your lesson with Ms Khan', soon);
  await castle.waitForURL('https://english-heritage.org.uk/', soon);
  await expect(card.getByText('Mr Lowe has started')).toHaveCount(0, soon);
});

async function visit(seat: Profile, address: string): Promise<Page> {
  const page = await seat.visit(address);
  await page.setViewportSize({ width: 1366, height: 768 });
  return page;
}

/** "Please may I", with one line of why, as far as the teacher. */
async function ask(page: Page, why: string): Promise<void> {
  await button(page, 'Ask for this page').click();
  await page.getByRole('textbox').fill(why);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your teacher has it.')).toBeVisible(soon);
}
