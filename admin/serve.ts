import type { Server } from 'node:http';
import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Listen } from './environment.ts';

type Fetching = { fetch: (request: Request, env?: object) => Response | Promise<Response> };
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
export type Listening = {
  url: string;
  answerWith: (app: Fetching) => void;
  /** Who takes connections that become something else than HTTP: the live channel. */
  upgradeWith: (upgrade: Upgrade) => void;
  close: () => Promise<void>;
};

/**
 * Listens at once, so that a port is known before the endpoint is put together; requests wait until there is
 * something to answer them.
 */
export async function listen({ host, port }: Listen): Promise<Listening> {
  let answerWith: (app: Fetching) => void = () => {};
  const app = new Promise<Fetching>((resolve) => {
    answerWith = resolve;
  });
  const server: Server = createServer(
    getRequestListener(async (request, env) => (await app).fetch(request, env)),
  );
  // A device that sends half a body does not hold a connection for ever.
  server.requestTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
    answerWith,
    upgradeWith: (upgrade) => server.on('upgrade', upgrade),
    /** Answers what is being answered, for a few seconds; live connections are ended. */
    close: () =>
      new Promise((resolve) => {
        const last = setTimeout(() => server.closeAllConnections(), 3_000);
        server.close(() => {
          clearTimeout(last);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
