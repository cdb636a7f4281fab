import { expect, test } from 'vitest';
import type { MailTransport } from '../../../admin/mail.ts';
import { makeAnswer, makeReport, openSchool } from './school.ts';

const from = 'keystage@school.example';

/** A mail server of the test's own: `send` decides over each message. */
async function schoolWithServer(
  send: (to: string) => Promise<unknown>,
  { to = ['one@school.example'], mailAfterMs = 0 } = {},
) {
  const transport: MailTransport = {
    sendMail: async ({ to: recipient, subject }) => {
      await send(String(recipient));
      reached.push(`${recipient}: ${subject}`);
    },
    close: () => {},
  };
  const reached: string[] = [];
  const other = await openSchool({ mail: { transport, from, to }, mailAfterMs });
  return { other, reached, seat: await other.enrol() };
}

test('what is needed now goes out while an ordinary mail is stuck at a slow server', async () => {
  let letGo = () => {};
  const stuck = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let sent = 0;
  const { other, reached, seat } = await schoolWithServer(() => {
    sent += 1;
    return sent === 1 ? stuck : Promise.resolve();
  });
  await seat.report(makeReport());
  await expect.poll(() => sent, { interval: 10 }).toBe(1);
  const urgent = makeReport();
  await seat.report(urgent, makeAnswer(urgent.id, 'need-a-grown-up'));
  await expect
    .poll(() => reached, { interval: 10 })
    .toEqual(['one@school.example: Keystage: a report needs somebody now']);
  letGo();
  await other.close();
  expect(reached).toHaveLength(2);
});

test('what is needed now does not wait for the moment that an ordinary mail waits', async () => {
  const { other, reached, seat } = await schoolWithServer(() => Promise.resolve(), {
    mailAfterMs: 3_600_000,
  });
  const report = makeReport();
  await seat.report(report);
  await seat.report(makeAnswer(report.id, 'someone-asking'));
  await expect
    .poll(() => reached, { interval: 10 })
    .toEqual(['one@school.example: Keystage: a report needs somebody now']);
  const states = await other.endpoint.store.selectFrom('mails').select(['urgency', 'state']).execute();
  expect(states[0]).toEqual({ urgency: 'ordinary', state: 'waiting' });
  await other.close();
});

test('however often it failed, what is needed now is tried again within a minute', async () => {
  const { other, seat } = await schoolWithServer(() =>
    Promise.reject(Object.assign(new Error(), { code: 'ECONNECTION' })),
  );
  const report = makeReport();
  await seat.report(report, makeAnswer(report.id, 'need-a-grown-up'));
  const attempts = async () => (await mail()).attempts;
  const mail = () => other.endpoint.store.selectFrom('mails').selectAll().executeTakeFirstOrThrow();
  await expect.poll(attempts, { interval: 10 }).toBe(1);
  await other.endpoint.store
    .updateTable('mails')
    .set({ attempts: 40, nextAt: new Date(other.clock.now).toISOString() })
    .execute();
  const another = makeReport();
  await seat.report(another);
  await expect.poll(attempts, { interval: 10 }).toBe(41);
  expect(Date.parse((await mail()).nextAt) - other.clock.now).toBe(60_000);
  await other.close();
});

test('a mailbox that is refused keeps the mail from nobody else', async () => {
  const { other, reached, seat } = await schoolWithServer(
    (to) =>
      to.startsWith('gone')
        ? Promise.reject(Object.assign(new Error(), { code: 'EENVELOPE' }))
        : Promise.resolve(),
    { to: ['gone@school.example', 'here@school.example'] },
  );
  await seat.report(makeReport());
  await expect
    .poll(() => reached, { interval: 10 })
    .toEqual(['here@school.example: Keystage: a report is waiting']);
  const kept = () => other.endpoint.store.selectFrom('mails').selectAll().executeTakeFirstOrThrow();
  await expect.poll(async () => (await kept()).problem, { interval: 10 }).toBe('EENVELOPE');
  expect(await kept()).toMatchObject({ state: 'waiting', attempts: 1 });
  await other.close();
});
