import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Something that happened in the extension, and when, in milliseconds since 1970. */
export type Mark = { what: string; at: number; saying: Record<string, unknown> };

export type Marks = {
  /** Where marks are sent. */
  url: string;
  all: Mark[];
  /** The first mark of this name from `since` on, waited for. */
  next(what: string, since: number, fits?: (mark: Mark) => boolean, withinMs?: number): Promise<Mark>;
  close(): Promise<void>;
};

/** Takes what marked copies of the extension say of themselves. */
export async function collectMarks(): Promise<Marks> {
  const all: Mark[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (text) => {
      body += text;
    });
    request.on('end', () => {
      response.writeHead(204, { 'access-control-allow-origin': '*' }).end();
      if (request.method !== 'POST') return;
      all.push(JSON.parse(body) as Mark);
      for (const look of waiting) look();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    all,
    next: (what, since, fits = () => true, withinMs = 30_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = all.find((mark) => mark.what === what && mark.at >= since && fits(mark));
          if (!found) return;
          waiting.delete(look);
          clearTimeout(stop);
          resolve(found);
        };
        const stop = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`No "${what}" within ${withinMs} ms; there is ${JSON.stringify(all.slice(-5))}`));
        }, withinMs);
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/**
 * Makes an unpacked copy tell when its worker began, when its listeners were there, when one of them ran and when
 * rules came in force. The code that is measured stays as it is: marks stand before and after it, and leave the
 * browser only after the moment that they name.
 */
export async function markCopy(folder: string, marksUrl: string): Promise<void> {
  const worker = join(folder, 'background.js');
  const before = `const marked = (what, at, saying = {}) => void fetch(${JSON.stringify(marksUrl)}, { method: 'POST', mode: 'no-cors', keepalive: true, body: JSON.stringify({ what, at, saying }) }).catch(() => {});
const workerBegan = Date.now();
`;
  const after = `
;(() => {
  const listening = Date.now();
  setTimeout(() => { marked('began', workerBegan); marked('listening', listening); });
  chrome.webNavigation.onCommitted.addListener(({ timeStamp, url, frameId }) => {
    const at = Date.now();
    if (frameId === 0) setTimeout(() => marked('heard', at, { url, happened: timeStamp, began: workerBegan, listening }));
  });
  new BroadcastChannel('keystage').addEventListener('message', ({ data }) => {
    if (data !== 'rules') return;
    const at = Date.now();
    const opening = indexedDB.open('keystage');
    opening.onsuccess = () => {
      const asking = opening.result.transaction('state').objectStore('state').get('inForce');
      asking.onsuccess = () => { opening.result.close(); const { stage, versions, lists } = asking.result ?? {}; marked('in force', at, { stage, policy: versions?.policy ?? null, lists: Boolean(lists) }); };
    };
  });
})();
`;
  await writeFile(worker, before + (await readFile(worker, 'utf8')));
  await appendFile(worker, after);
}
