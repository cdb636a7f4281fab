import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { findChromium } from '../fixtures/chromium.ts';

/**
 * Chromium as a school has it, with nobody attached to its workers: Playwright halts each as it starts, and a cold
 * start measured so is Playwright's. Only a page of our own is spoken to, over the DevTools protocol.
 */
export type RawBrowser = {
  /** Milliseconds since 1970 at which the process was made. */
  launchedAt: number;
  /** A tab, and commands to it. */
  openTab(address: string): Promise<Tab>;
  close(): Promise<void>;
};
export type Tab = {
  send(method: string, params?: object): Promise<unknown>;
  /** Every event of this name from now on. */
  on(method: string, listener: (params: never) => void): void;
};

export type RawOptions = { folder: string; unpacked: string; resolverRules: string };

export async function launchRaw({ folder, unpacked, resolverRules }: RawOptions): Promise<RawBrowser> {
  const program = await findChromium();
  const launchedAt = Date.now();
  const child = spawn(
    program,
    [
      '--headless=new',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      `--load-extension=${unpacked}`,
      `--disable-extensions-except=${unpacked}`,
      `--host-resolver-rules=${resolverRules}`,
      '--disable-features=LocalNetworkAccessChecks,HttpsUpgrades,DisableLoadExtensionCommandLineSwitch',
      '--ignore-certificate-errors',
      '--no-first-run',
      '--password-store=basic',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const endWithUs = () => killAll(child);
  process.once('exit', endWithUs);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const socket = await connect(child);

  let lastId = 0;
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, (params: never) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error, sessionId, method, params } = JSON.parse(String(data));
    if (id === undefined) return listeners.get(`${sessionId} ${method}`)?.(params as never);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error.message));
    else asked?.resolve(result);
  });
  const send = (method: string, params: object = {}, sessionId?: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      socket.send(JSON.stringify({ id: lastId, method, params, ...(sessionId ? { sessionId } : {}) }));
    });

  return {
    launchedAt,
    openTab: async (url) => {
      const { targetId } = (await send('Target.createTarget', { url })) as { targetId: string };
      const attached = await send('Target.attachToTarget', { targetId, flatten: true });
      const { sessionId } = attached as { sessionId: string };
      return {
        send: (method, params) => send(method, params, sessionId),
        on: (method, listener) => void listeners.set(`${sessionId} ${method}`, listener),
      };
    },
    close: async () => {
      process.off('exit', endWithUs);
      // The answer is cut off by the end that was asked for.
      send('Browser.close').catch(() => undefined);
      await gone;
      killAll(child);
    },
  };
}

/** The browser and all of its processes: it leads a group of its own. */
function killAll(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // They are gone already.
  }
}

async function connect(child: ChildProcess): Promise<WebSocket> {
  const said: string[] = [];
  const address = await new Promise<string>((resolve, reject) => {
    if (!child.stderr) throw new Error('Chromium has no error output');
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`Chromium ended with ${code}:\n${said.join('\n')}`)));
  });
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  return socket;
}
