/** The part of EventSource that is used, so that a test can hand in its own. */
export type Source = Pick<EventSource, 'addEventListener' | 'close' | 'readyState'>;

export type Live = { stop(): void };

type Hands = {
  open: () => Source;
  /** Something changed, or may have changed while nobody was listening. */
  changed: () => void;
  /** The same of lessons, and of what pupils ask. */
  lessons?: () => void;
  /** Whether news arrive by themselves at this moment. */
  connected: (yes: boolean) => void;
  later: (act: () => void, ms: number) => unknown;
};

const closed = 2;
const firstWaitMs = 2_000;
const longestWaitMs = 60_000;

/**
 * Listens for `changed`. EventSource comes back by itself after a broken connection, but gives up for good on an
 * answer that is not a stream (a proxy's error page, an endpoint that restarts): then we open a new one, later and
 * later. After every gap the inbox is read again, since what happened in it was never announced.
 */
export function listen({ open, changed, lessons = () => {}, connected, later }: Hands): Live {
  let stopped = false;
  let waitMs = firstWaitMs;
  let source = start();

  function start(): Source {
    const next = open();
    let gap = false;
    next.addEventListener('open', () => {
      connected(true);
      if (gap || waitMs > firstWaitMs) {
        changed();
        lessons();
      }
      gap = false;
      waitMs = firstWaitMs;
    });
    next.addEventListener('changed', changed);
    next.addEventListener('lessons', lessons);
    next.addEventListener('error', () => {
      if (stopped) return;
      // What is shown may be old from now on: asking is the way to know that, too.
      if (!gap) lessons();
      gap = true;
      connected(false);
      if (next.readyState !== closed) return;
      // It may be that we are signed out: asking is the way to know.
      changed();
      later(() => {
        if (!stopped) source = start();
      }, waitMs);
      waitMs = Math.min(longestWaitMs, waitMs * 2);
    });
    return next;
  }

  return {
    stop() {
      stopped = true;
      source.close();
    },
  };
}

/**
 * Listens while the page is on the screen or in a tab behind it, and not while the browser keeps it for *back*. A kept
 * page would hold its connection, a browser has six for one address over HTTP/1.1, and from the seventh on nothing
 * loads any more.
 */
export function whileShown(page: EventTarget, start: () => Live): Live {
  let live = start();
  const leave = () => live.stop();
  const back = (event: Event) => {
    if ((event as PageTransitionEvent).persisted) live = start();
  };
  page.addEventListener('pagehide', leave);
  page.addEventListener('pageshow', back);
  return {
    stop() {
      page.removeEventListener('pagehide', leave);
      page.removeEventListener('pageshow', back);
      live.stop();
    },
  };
}
