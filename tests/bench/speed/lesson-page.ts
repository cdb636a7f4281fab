import type { Site } from '../../fixtures/site.ts';
import type { RawBrowser } from '../raw-browser.ts';

export const RESOURCES = 30;
const HOST = 'thenational.academy';

/** A browser at the lesson's page, which loads it again and again. */
export type Visitor = {
  /** From the start of the navigation to the end of the load event, by the page's own account, in milliseconds. */
  load(index: number): Promise<number>;
};

/**
 * A page of thirty pictures, scripts and style sheets, each of its own address and never from the cache. It tells the
 * site itself how long it took and goes where the site sends it next, so that nobody is attached to the tab who would
 * have to hear of every request.
 */
export function openLessonPage(site: Site) {
  const arrived = new Map<string, (ms: number) => void>();
  const sendOn = new Map<string, (index: number) => void>();
  let awayMs = 0;
  /** As far away as the site is just now. */
  const later = (answer: () => void) => void (awayMs === 0 ? answer() : setTimeout(answer, awayMs));
  const addressFor = (who: string, index: number) => `https://${HOST}/lesson?who=${who}&n=${index}`;

  const kinds = [
    { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>' },
    { type: 'text/javascript', body: 'globalThis.ran = (globalThis.ran ?? 0) + 1;' },
    { type: 'text/css', body: 'p { margin: 1em }' },
  ];
  const tags = Array.from({ length: RESOURCES }, (_, index) => {
    const path = `/part/${index}`;
    const kind = kinds[index % kinds.length] ?? { type: 'text/plain', body: '' };
    site.answer(HOST, path, (_, response) =>
      later(() =>
        response.writeHead(200, { 'content-type': kind.type, 'cache-control': 'no-store' }).end(kind.body),
      ),
    );
    if (kind.type === 'text/css') return `<link rel="stylesheet" href="${path}">`;
    return kind.type === 'text/javascript' ? `<script src="${path}"></script>` : `<img alt="" src="${path}">`;
  });
  const tells = `addEventListener('load', () => setTimeout(async () => {
    const [{ loadEventEnd }] = performance.getEntriesByType('navigation');
    const next = await fetch('/loaded' + location.search, { method: 'POST', body: String(loadEventEnd) });
    location.href = await next.text();
  }))`;
  site.answer(HOST, '/lesson', (_, response) =>
    later(() => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
      response.end(`<!doctype html><title>lesson</title>${tags.join('\n')}<script>${tells}</script>`);
    }),
  );
  site.answer(HOST, '/loaded', (request, response) => {
    const who = new URL(request.url ?? '', 'https://site.invalid').searchParams.get('who') ?? '';
    let body = '';
    request.on('data', (text) => {
      body += text;
    });
    request.on('end', () => {
      sendOn.set(who, (index) => response.writeHead(200).end(addressFor(who, index)));
      arrived.get(who)?.(Number(body));
    });
  });

  const arrival = (who: string) =>
    new Promise<number>((resolve, reject) => {
      const stop = setTimeout(() => reject(new Error(`${who} did not load the lesson within 20 s`)), 20_000);
      arrived.set(who, (ms) => {
        clearTimeout(stop);
        resolve(ms);
      });
    });

  return {
    /** How long the site takes for each answer from now on, in milliseconds. */
    isAway(ms: number): void {
      awayMs = ms;
    },
    /** Brings a browser to the page. It must be open there. */
    async visitor(browser: RawBrowser, who: string): Promise<Visitor> {
      const first = arrival(who);
      await browser.openTab(addressFor(who, -1));
      await first;
      return {
        load: (index) => {
          const loaded = arrival(who);
          const go = sendOn.get(who);
          if (!go) throw new Error(`${who} waits nowhere`);
          sendOn.delete(who);
          go(index);
          return loaded;
        },
      };
    },
    /** How many of its resources were asked for, by whomever. */
    asked: () => site.visits.filter(({ path }) => path.startsWith('/part/')).length,
  };
}
