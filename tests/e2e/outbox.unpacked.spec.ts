import { type BadRoad, type Mishap, openBadRoad } from '../fixtures/badRoad.ts';
import { waitInForce } from '../fixtures/inForce.ts';
import { figuresOf, pressAndKill, seeded } from '../fixtures/kills.ts';
import { outboxOf } from '../fixtures/onDevice.ts';
import { pressReport } from '../fixtures/press.ts';
import { openProfile } from '../fixtures/profile.ts';
import { test as base, expect } from '../fixtures/sharedSeat.ts';
import { says, thankedOn } from '../fixtures/thanked.ts';
import { unpackFor } from '../fixtures/unpacked.ts';
import { beat, networkIsBack } from '../fixtures/wake.ts';

const test = base.extend<{ road: BadRoad }>({
  road: async ({ school }, use) => {
    const road = await openBadRoad(school.url);
    await use(road);
    await road.close();
  },
});

test('the endpoint down, the page says "sending"; it turns to "it has reached" by itself, by the network and by the beat', async ({
  shared: { school, seatAt, inboxFromNow },
}) => {
  const [seat, received] = [await seatAt('KS2'), await inboxFromNow()];
  const inbox = async () => (await received()).map((row) => [row.id, row.count]);
  const arrived: string[] = [];
  for (const [how, wake] of [
    ['network', networkIsBack],
    ['beat', beat],
  ] as const) {
    const page = await seat.visit(`https://thenational.academy/${how}`);
    await school.kill();
    await pressReport(seat, page);
    const id = await thankedOn(seat, page);
    await expect(page.getByText(says.onItsWay)).toBeVisible();
    await networkIsBack(seat);
    await expect.poll(async () => (await outboxOf(seat)).items.length).toBe(1);
    await expect(page.getByText(says.onItsWay)).toBeVisible();
    expect(await page.locator('body').textContent()).not.toMatch(says.arrived);

    await school.start();
    expect(await inbox()).toEqual(arrived.map((before) => [before, 1]));
    // A back-off of some seconds may lie before it: then the beat after.
    await expect(async () => {
      await wake(seat);
      await expect(page.getByText(says.arrived)).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    arrived.unshift(id);
    expect(await inbox()).toEqual(arrived.map((now) => [now, 1]));
    await page.close();
  }
});

test('offline on the child’s side: the report waits, and leaves when the page hears that the network is back', async ({
  shared: { school, seatAt, inboxFromNow },
}) => {
  const [seat, received] = [await seatAt('KS2'), await inboxFromNow()];
  const page = await seat.visit('https://thenational.academy/offline');
  await seat.context.setOffline(true);
  await school.kill();
  await pressReport(seat, page);
  await thankedOn(seat, page);
  await expect(page.getByText(says.onItsWay)).toBeVisible();
  await school.start();
  await seat.context.setOffline(false);
  await expect(page.getByText(says.arrived)).toBeVisible({ timeout: 20_000 });
  expect(await received()).toHaveLength(1);
});

test('the answer by picture is a second message; one about a grown-up at school is the principal’s alone', async ({
  school,
  mailbox,
  road,
  openSeat,
}) => {
  const coordinator = await school.colleague('coordinator');
  const principal = await school.coordinator();
  const seat = await openSeat('KS2', { settings: { endpoint: road.url } });
  await waitInForce(seat, { policy: true, stage: 'KS2' });
  const page = await seat.visit('https://thenational.academy/pupils');
  await pressReport(seat, page);
  const id = await thankedOn(seat, page);
  await expect(page.getByText(says.arrived)).toBeVisible();
  expect(await coordinator.inbox()).toMatchObject([{ id, answers: [] }]);
  const before = road.asked('/v1/reports');

  await page.getByRole('button', { name: /It is about a grown.up at school/ }).click();
  await expect(page.getByText(/Only the head teacher and the safeguarding lead/)).toBeVisible();
  await expect.poll(() => principal.inbox()).toMatchObject([{ id, answers: ['grown-up-at-school'] }]);
  expect(road.asked('/v1/reports')).toBe(before + 1);
  expect(await coordinator.inbox()).toEqual([]);
  await expect(coordinator.open(id)).rejects.toThrow('404');
  await expect(coordinator.reveal(id)).rejects.toThrow('404');
  // The first mail went to whoever sees reports; of the answer, which is urgent, only the principal is told.
  await mailbox.holds(3);
  const told = (email: string) => mailbox.mails.filter(({ to }) => to.includes(email)).length;
  expect([told('coordinator@school.example'), told(school.first.email)]).toEqual([1, 2]);
});

test('reports that waited all leave, though together they are more than Chrome sends at once for a page that ends', async ({
  shared: { site, school, seatAt, inboxFromNow },
}) => {
  // Chrome's limit is 64 kB; title and address of each are 13 kB.
  const reports = 6;
  const [seat, received] = [await seatAt('KS2'), await inboxFromNow()];
  await school.kill();
  const page = await seat.context.newPage();
  for (let number = 0; number < reports; number += 1) {
    const path = `/${number}${'x'.repeat(10_000)}`;
    site.show('thenational.academy', path, `<title>${'ক'.repeat(1_000)}</title>`);
    await page.goto(`https://thenational.academy${path}`);
    await pressReport(seat, page);
    await thankedOn(seat, page);
  }
  const waiting = (await outboxOf(seat)).items;
  expect(waiting).toHaveLength(reports);
  expect(Buffer.byteLength(JSON.stringify(waiting))).toBeGreaterThan(64 * 1_024);
  await school.start();
  await networkIsBack(seat);
  await expect.poll(async () => (await received()).length, { timeout: 20_000 }).toBe(reports);
  await expect.poll(async () => (await outboxOf(seat)).items).toEqual([]);
});

const json = (status: number, body: unknown): Mishap => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(text);
};
const captivePortal: Mishap = (response) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Sign in</h1>');
/** The endpoint has it; the answer breaks off in its middle. */
const halfABody: Mishap = async (response, arrive) => {
  const { headers, body } = await arrive();
  response.writeHead(200, headers);
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
};
/** The endpoint has it; its answer never comes. */
const lostAnswer: Mishap = async (response, arrive) => {
  await arrive();
  response.destroy();
};

const mishaps: [string, Mishap][] = [
  ['500', json(500, { code: 'broken', message: 'Something went wrong here.' })],
  ['the HTML of a captive portal', captivePortal],
  ['the HTML of a proxy, with 400', (response) => void response.writeHead(400).end('<h1>Bad Request</h1>')],
  ['half a body, after it was stored', halfABody],
  ['no answer, after it was stored', lostAnswer],
  ['nothing', (response) => void response.destroy()],
  ['a receipt list without our id', json(200, { receipts: [] })],
  ['401, as to an unknown seat', json(401, { code: 'unknown-seat', message: 'Who is this?' })],
];

test('bad answers: nothing is lost, nothing is doubled, and ten beats ask seldom', async ({
  school,
  road,
  openSeat,
}) => {
  test.setTimeout(120_000);
  const seat = await openSeat('KS2', { settings: { endpoint: road.url } });
  await waitInForce(seat, { policy: true, stage: 'KS2' });
  const coordinator = await school.coordinator();
  const asked: Record<string, { requests: number; seconds: number }> = {};
  for (const [number, [what, mishap]] of mishaps.entries()) {
    const page = await seat.visit(`https://thenational.academy/${number}`);
    road.mishap('/v1/reports', mishap);
    const [before, enrolledBefore] = [road.asked('/v1/reports'), road.asked('/v1/enrol')];
    const pressedAt = Date.now();
    await pressReport(seat, page);
    const id = await thankedOn(seat, page);
    await expect(page.getByText(says.onItsWay)).toBeVisible();
    for (let beats = 0; beats < 10; beats += 1) await beat(seat);
    await expect.poll(() => road.asked('/v1/reports')).toBeGreaterThan(before);
    const { items, marks } = await outboxOf(seat);
    expect(items).toMatchObject([{ id, state: 'waiting' }]);
    expect(marks.find((mark) => mark.id === id)).toMatchObject({ state: 'waiting' });
    expect(await page.locator('body').textContent()).not.toMatch(says.arrived);
    asked[what] = {
      requests: road.asked('/v1/reports') - before,
      seconds: (Date.now() - pressedAt) / 1_000,
    };

    road.mishap('/v1/reports', null);
    await networkIsBack(seat);
    await expect(page.getByText(says.arrived)).toBeVisible({ timeout: 15_000 });
    expect((await coordinator.inbox()).filter((row) => row.id === id)).toMatchObject([{ count: 1 }]);
    if (what.startsWith('401')) expect(road.asked('/v1/enrol')).toBeGreaterThan(enrolledBefore);
    await page.close();
  }
  expect(await coordinator.inbox()).toHaveLength(mishaps.length);
  console.log('Requests to /v1/reports over one press and ten beats:', asked);
  // Worker and page ask at the press; the beats fall into a back-off that waits a second at least, then two, then four.
  // Chromium by itself asks a second time where a connection that was open before breaks: up to twice here.
  const atMost = (seconds: number) => 4 + Math.floor(Math.log2(1 + seconds));
  for (const [what, { requests, seconds }] of Object.entries(asked))
    expect(requests, what).toBeLessThanOrEqual(atMost(seconds));
});

test('400 or 413 for ever: set aside, said to the child, and visible on the status page', async ({
  school,
  road,
  openSeat,
}) => {
  const seat = await openSeat('KS2', { settings: { endpoint: road.url } });
  await waitInForce(seat, { policy: true, stage: 'KS2' });
  const coordinator = await school.coordinator();
  const [aside, arrived]: [string[], string[]] = [[], []];
  for (const [status, code] of [
    [400, 'malformed'],
    [413, 'too-large'],
  ] as const) {
    const page = await seat.visit(`https://thenational.academy/${status}`);
    road.mishap('/v1/reports', json(status, { code, message: 'No.' }));
    await pressReport(seat, page);
    aside.push(await thankedOn(seat, page));
    await expect(page.getByText(says.couldNotBeSent)).toBeVisible();
    const { items } = await outboxOf(seat);
    expect(items.map(({ id, state }) => [id, state]).sort()).toEqual(aside.map((id) => [id, 'aside']).sort());

    // Out of the way: the next report goes, this one is not asked for again.
    road.mishap('/v1/reports', null);
    const before = road.asked('/v1/reports');
    const next = await seat.visit(`https://thenational.academy/after-${status}`);
    await pressReport(seat, next);
    arrived.unshift(await thankedOn(seat, next));
    await expect(next.getByText(says.arrived)).toBeVisible();
    for (let beats = 0; beats < 5; beats += 1) await beat(seat);
    expect((await coordinator.inbox()).map(({ id }) => id)).toEqual(arrived);
    expect(road.asked('/v1/reports')).toBe(before + 1);
  }
  const status = await seat.visit(seat.own('status.html'));
  await expect(status.getByRole('heading', { level: 1 })).toHaveText('Something could not be sent.');
  for (const code of ['malformed', 'too-large'])
    await expect(status.getByText(`outbox-aside · ${code}`)).toBeVisible();
});

test('the browser killed up to two seconds after the press, four times: who was thanked is in the inbox, once', async ({
  site,
  school,
}) => {
  test.setTimeout(180_000);
  const seed = Date.now() % 1_000_000;
  const killed = await pressAndKill({
    school,
    site,
    times: 4,
    chance: seeded(seed),
    openSeat: async (endpoint) => {
      const { extensionId, folder } = await unpackFor(school, 'KS2', { settings: { endpoint } });
      return openProfile({ extensionId, unpacked: folder, resolverRules: site.resolverRules });
    },
  });
  const figures = figuresOf(killed);
  console.log(`Kills, seed ${seed}:`, figures);
  expect(figures.broken).toEqual([]);
  expect(figures.kills).toBe(4);
});
