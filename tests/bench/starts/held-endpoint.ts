import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A school's endpoint with a door before it: the extension itself passes, what it asks for waits until `letThrough`. */
export type HeldEndpoint = { url: string; letThrough(): void; close(): Promise<void> };

export async function holdEndpoint(schoolUrl: string): Promise<HeldEndpoint> {
  let open = false;
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    if (!open && path.startsWith('/v1/')) return void response.writeHead(503).end();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const answer = await fetch(new URL(path, schoolUrl), {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(parts.length > 0 ? { body: Buffer.concat(parts) } : {}),
    });
    const { 'content-encoding': _e, 'transfer-encoding': _t, ...given } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, given).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letThrough: () => {
      open = true;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
