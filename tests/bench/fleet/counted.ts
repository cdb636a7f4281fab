import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to the endpoint that counts what passes: headers and bodies, as they are on the wire. */
export type CountedWay = {
  url: string;
  /** Bytes from the endpoint to the device, and from the device to the endpoint. */
  bytes(): { down: number; up: number };
  /** When it was first used, in milliseconds since 1970. */
  used: Promise<number>;
  close(): Promise<void>;
};

export async function countedWay(to: string): Promise<CountedWay> {
  const { hostname, port } = new URL(to);
  const bytes = { down: 0, up: 0 };
  const sockets = new Set<Socket>();
  let firstUse = (_at: number) => {};
  const used = new Promise<number>((resolve) => {
    firstUse = resolve;
  });
  const server = createServer((device) => {
    firstUse(Date.now());
    const endpoint = connect(Number(port), hostname);
    for (const socket of [device, endpoint]) {
      sockets.add(socket);
      // One end that goes takes the other with it; an endpoint that is down refuses, and so do we.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        device.destroy();
        endpoint.destroy();
      });
    }
    device.on('data', (chunk) => {
      bytes.up += chunk.length;
    });
    endpoint.on('data', (chunk) => {
      bytes.down += chunk.length;
    });
    device.pipe(endpoint).pipe(device);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => ({ ...bytes }),
    used,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
