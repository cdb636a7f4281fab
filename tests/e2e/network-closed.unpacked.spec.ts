import { waitInForce } from '../fixtures/inForce.ts';
import { inSeconds } from '../fixtures/lessons.ts';
import { expect, test } from '../fixtures/test.ts';

const CLASS = '6-oak';

test('what an unblock opened and the network still closes: whoever asked reads it, with the host alone', async ({
  site,
  school,
  openSeat,
}) => {
  const [asks, decides] = [await school.coordinator(), await school.colleague('network-manager')];
  const open = async (host: string) => {
    const id = await asks.askUnblock({
      group: CLASS,
      sites: [host],
      reason: 'The Victorians, weeks 3 and 4.',
      startsAt: inSeconds(-60),
      endsAt: inSeconds(3_600),
    });
    await decides.agreeToUnblock(id, 'Fine for the class.');
    return async () => (await asks.unblocks()).find((one) => one.id === id)?.networkClosed?.host;
  };
  const [reset, redirected, fine] = [
    await open('reset.example'),
    await open('redirected.example'),
    await open('fine.example'),
  ];
  site.answer('reset.example', '/secret-path', (request) => request.socket.destroy());
  site.answer('redirected.example', '/', (_, response) =>
    response.writeHead(302, { location: 'http://filter.lan/denied' }).end(),
  );
  const seat = await openSeat('KS2', { group: CLASS });
  await waitInForce(seat, { policy: true, stage: 'KS2' });

  const page = await seat.visit('http://fine.example/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('fine.example/');
  await seat.visit('http://reset.example/secret-path');
  await expect.poll(reset, { timeout: 15_000 }).toBe('reset.example');
  await seat.visit('http://redirected.example/');
  await expect.poll(redirected, { timeout: 15_000 }).toBe('redirected.example');
  expect(await fine()).toBeUndefined();
  expect(JSON.stringify(await asks.unblocks())).not.toContain('secret-path');
});
