import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { findChromium } from '../fixtures/chromium.ts';

/**
 * Chromium as a school has it, with nobody attached to its worker (Playwright halts each worker as it starts), and
 * watched from outside: which addresses its tabs show, and when.
 */
export type RawBrowser = {
  /** Milliseconds since 1970 at which the process was made. */
  launchedAt: number;
  /** Resolves with the moment at which so many tabs showed such addresses; null if they do not within `withinMs`. */
  shows(count: number, isIt: (url: string) => boolean, withinMs?: number): Promise<number | null>;
  /** Resolves with the moment at which such a worker ran. */
  workerRuns(isIt: (url: string) => boolean, withinMs?: number): Promise<number | null>;
  openTab(url: string): Promise<RawTab>;
  close(): Promise<void>;
};

export type RawTab = {
  send<T = unknown>(method: string, params?: object): Promise<T>;
  on<T>(method: string, listener: (params: T) => void): void;
  /** What an expression comes to in the page, awaited. */
  evaluate<T>(expression: string): Promise<T>;
};

type Target = { targetId: string; type: string; url: string };
type Told = { id?: number; result?: unknown; error?: { message: string }; method?: string; params?: unknown };

export type RawOptions = {
  /** The profile. */
  folder: string;
  resolverRules: string;
  /** Folder of the unpacked extension; without it the policy file must force-install it. */
  unpacked?: string;
  /** What the command line names: headless takes one; none leaves it to the start-up policy. */
  addresses?: readonly string[];
};

export async function launchRaw({
  folder,
  resolverRules,
  unpacked,
  addresses = ['about:blank'],
}: RawOptions): Promise<RawBrowser> {
  const program = await findChromium();
  const launchedAt = Date.now();
  const child = spawn(
    program,
    [
      '--headless=new',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      `--host-resolver-rules=${resolverRules}`,
      ...(unpacked ? [`--load-extension=${unpacked}`, `--disable-extensions-except=${unpacked}`] : []),
      '--disable-features=LocalNetworkAccessChecks,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,DisableLoadExtensionCommandLineSwitch',
      '--ignore-certificate-errors',
      '--no-first-run',
      '--password-store=basic',
      ...addresses,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const endWithUs = () => endAll(child);
  process.once('exit', endWithUs);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const socket = await connect(child);

  let lastId = 0;
  const waiting = new Map<number, (told: Told) => void>();
  const listeners = new Map<string, (params: never) => void>();
  const targets = new Map<string, Target & { since: number }>();
  const looks = new Set<() => void>();
  socket.addEventListener('message', ({ data }) => {
    const told = JSON.parse(String(data)) as Told & { sessionId?: string };
    if (told.id !== undefined) return waiting.get(told.id)?.(told);
    if (told.method === 'Target.targetCreated' || told.method === 'Target.targetInfoChanged') {
      const { targetInfo } = told.params as { targetInfo: Target };
      if (targets.get(targetInfo.targetId)?.url !== targetInfo.url)
        targets.set(targetInfo.targetId, { ...targetInfo, since: Date.now() });
      for (const look of looks) look();
    }
    listeners.get(`${told.sessionId} ${told.method}`)?.(told.params as never);
  });
  const send = <T>(method: string, params: object = {}, sessionId?: string): Promise<T> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result as T),
      );
      socket.send(JSON.stringify({ id: lastId, method, params, ...(sessionId ? { sessionId } : {}) }));
    });

  /** Looks at every change until so many targets are as wanted; the moment of the last of them. */
  const sinceWhen = (count: number, isIt: (target: Target) => boolean, withinMs: number) =>
    new Promise<number | null>((resolve) => {
      const end = (at: number | null) => {
        clearTimeout(timer);
        looks.delete(look);
        resolve(at);
      };
      const look = () => {
        const found = [...targets.values()].filter(isIt);
        if (found.length >= count) end(Math.max(...found.map(({ since }) => since)));
      };
      const timer = setTimeout(() => end(null), withinMs);
      looks.add(look);
      look();
    });

  await send('Target.setDiscoverTargets', { discover: true });
  return {
    launchedAt,
    shows: (count, isIt, withinMs = 10_000) =>
      sinceWhen(count, ({ type, url }) => type === 'page' && isIt(url), withinMs),
    workerRuns: (isIt, withinMs = 20_000) =>
      sinceWhen(1, ({ type, url }) => type === 'service_worker' && isIt(url), withinMs),
    openTab: async (url) => {
      const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url });
      const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', {
        targetId,
        flatten: true,
      });
      const tab: RawTab = {
        send: (method, params) => send(method, params, sessionId),
        on: (method, listener) => void listeners.set(`${sessionId} ${method}`, listener as never),
        evaluate: async <T>(expression: string) => {
          const { result, exceptionDetails } = await tab.send<{
            result: { value: T };
            exceptionDetails?: { text: string };
          }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
          if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`);
          return result.value;
        },
      };
      return tab;
    },
    close: async () => {
      process.off('exit', endWithUs);
      // The answer is cut off by the end that was asked for.
      send('Browser.close').catch(() => undefined);
      await gone;
      endAll(child);
    },
  };
}

/** The browser and all of its processes: it leads a group of its own. */
function endAll(child: ChildProcess): void {
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
