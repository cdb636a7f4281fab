import type { Server } from 'node:http';
import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Listen } from './environment.ts';
import { createStrangers } from './strangers.ts';

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
export async function listen({ host, port }: Listen, ofOneAddress?: number): Promise<Listening> {
  let answerWith: (app: Fetching) => void = () => {};
  const app = new Promise<Fetching>((resolve) => {
    answerWith = resolve;
  });
  const server: Server = createServer(
    // A device that sends half a request, or half a body, does not hold a connection for ever.
    { headersTimeout: 20_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 },
    getRequestListener(async (request, env) => (await app).fetch(request, env)),
  );
  // Nor does one that asks for a list and takes nothing of it.
  server.timeout = 5 * 60_000;
  boundSilent(server, ofOneAddress);
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

/** Bounds the connections of one address on which nothing has been asked yet, or only half of it. */
function boundSilent(server: Server, ofOneAddress?: number): void {
  const silent = createStrangers<Socket>((socket) => socket.destroy(), ofOneAddress);
  const wait = (socket: Socket) => silent.came(socket, socket.remoteAddress ?? '');
  server.on('connection', (socket) => {
    wait(socket);
    socket.once('close', () => silent.went(socket));
  });
  server.on('upgrade', ({ socket }) => silent.went(socket));
  server.prependListener('request', (request, response) => {
    const { socket, headers } = request;
    silent.went(socket);
    if (!('transfer-encoding' in headers) && !Number(headers['content-length'])) return;
    wait(socket);
    request.once('end', () => silent.went(socket));
    // Whoever is refused from the headers alone is answered before the body is there.
    response.once('close', () => silent.went(socket));
  });
}
