import { createPublicKey, type KeyObject, randomUUID, verify } from 'node:crypto';
import { WebSocket } from 'ws';
import { Orders } from '../../../rules/orders.ts';
import type { Settings } from '../../../rules/settings.ts';
import { EnrolAnswer, type LiveFromSeat, LiveToSeat } from '../../../rules/wire.ts';

/** What is expected of a seat's orders after a tap. */
export type Expected = (orders: Orders) => boolean;

export type LiveSeat = {
  /** Resolves with the moment (`performance.now()`) at which orders that fit were verified. */
  until(fits: Expected): Promise<number>;
  close(): void;
};

/** The school's key, once for all seats. */
export const publicKeyOf = ({ publicKeys }: Settings): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKeys[0] ?? '' }, format: 'jwk' });

/** Enrols as a profile of this account does. */
export async function enrolAs(settings: Settings, account: string): Promise<EnrolAnswer> {
  const answer = await fetch(new URL('/v1/enrol', settings.endpoint), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: settings.enrolmentToken,
      installId: randomUUID(),
      deviceId: randomUUID(),
      account,
      stage: settings.stage,
      extensionVersion: '0.0.0',
    }),
  });
  if (!answer.ok) throw new Error(`enrol: ${answer.status} ${await answer.text()}`);
  return EnrolAnswer.parse(await answer.json());
}

/**
 * A seat's live channel as the extension speaks it (`utils/live.ts`): hello, orders verified before anything else
 * counts, `in-force` after them, and a beat now and then. Its rules are not made: that is Chromium's part.
 */
export async function openLiveSeat(
  settings: Settings,
  publicKey: KeyObject,
  { seat, key }: EnrolAnswer,
): Promise<LiveSeat> {
  const socket = new WebSocket(new URL('/v1/live', settings.endpoint.replace(/^http/, 'ws')), {
    perMessageDeflate: false,
  });
  const say = (message: LiveFromSeat) => socket.send(JSON.stringify(message));
  let held: Orders | undefined;
  let waiting: { fits: Expected; arrived: (at: number) => void } | undefined;
  let broke: (error: Error) => void = () => {};
  const ready = new Promise<void>((resolve, reject) => {
    broke = reject;
    socket.once('open', () =>
      say({ type: 'hello', seat, key, versions: { policy: null, catalogue: null, orders: null } }),
    );
    socket.once('error', (error) => broke(error));
    socket.once('close', (code) => broke(new Error(`a seat was closed: ${code}`)));
    socket.on('message', (bytes) => {
      const said = LiveToSeat.parse(JSON.parse(String(bytes)));
      if (said.type === 'beat') return say({ type: 'beat' });
      if (said.type !== 'orders') return;
      held = openOrders(said.jws);
      const at = performance.now();
      say({
        type: 'in-force',
        versions: { policy: null, catalogue: null, orders: `${held.epoch}.${held.issuedAt}` },
      });
      resolve();
      if (waiting?.fits(held)) {
        const { arrived } = waiting;
        waiting = undefined;
        arrived(at);
      }
    });
  });

  /** Signature, school, seat and version, as `utils/verify.ts` asks. */
  function openOrders(jws: string): Orders {
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const good = verify(
      null,
      Buffer.from(`${header}.${payload}`),
      publicKey,
      Buffer.from(signature, 'base64url'),
    );
    const orders = Orders.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    const isNewer = !held || orders.issuedAt > held.issuedAt;
    if (!good || orders.seat !== seat || orders.school !== settings.school || !isNewer)
      broke(new Error('orders that no seat would take'));
    return orders;
  }

  await ready;
  return {
    until: (fits) =>
      new Promise((arrived, reject) => {
        broke = reject;
        if (held && fits(held)) arrived(performance.now());
        else waiting = { fits, arrived };
      }),
    close: () => socket.terminate(),
  };
}
