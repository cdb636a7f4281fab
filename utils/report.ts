import { parseAddress, withoutCredentials } from '../rules/address.ts';
import { judge } from '../rules/decide.ts';
import { standingOf } from '../rules/standing.ts';
import type { Answer, ReportEvent, RequestEvent } from '../rules/wire.ts';
import { readClosedAddress } from './block-page.ts';
import type { Clock } from './clock.ts';
import { sha256Hex } from './digest.ts';
import type { Enforcement } from './enforce.ts';
import type { Evidence } from './evidence.ts';
import { versionsOf } from './held.ts';
import type { Who } from './identity.ts';
import { isEmptyWindow, shownIn } from './in-view.ts';
import type { Outbox } from './outbox.ts';
import { webOrigin } from './site-workers.ts';

/** What the child pressed on. `what` other than `page` names a link or picture on the page in `tab`. */
export type Pressed = {
  tabId: number | null;
  url: string;
  title: string;
  what: ReportEvent['what'];
  target?: string;
};

type Parts = {
  enforcement: Pick<Enforcement, 'read'>;
  outbox: Outbox;
  clock: Clock;
  who: () => Promise<Who>;
  newId: () => string;
  blockPage: string;
  openedFrom: (tabId: number | null) => Promise<string | undefined>;
  /** The page that wrote what an `about:blank` window shows. */
  openerOf: (tabId: number | null) => Promise<string | undefined>;
  /** What the reported site left on the device stays: it may be evidence. */
  evidence: Pick<Evidence, 'keep'>;
  /** Remembers, until the browser closes, which report a page already has: a fingerprint, never the address. */
  seen: {
    get(fingerprint: string): Promise<string | undefined>;
    set(fingerprint: string, id: string): Promise<void>;
  };
};

/** Reports and requests: made on the device, on its disk before anybody is thanked (promise 5). */
export function createReports({
  enforcement,
  outbox,
  clock,
  who,
  newId,
  blockPage,
  openedFrom,
  openerOf,
  evidence,
  seen,
}: Parts) {
  const at = () => new Date(clock.now()).toISOString();

  /** Who and where, and the verdict on the address: what every event carries. */
  async function circumstances(address: string) {
    const [{ held, situation, documents }, here] = await Promise.all([enforcement.read(), who()]);
    const standing = standingOf(documents, situation);
    const parsed = parseAddress(address);
    const verdict = parsed && judge(standing, documents, parsed);
    return {
      stage: situation.stage,
      ...(situation.groups[0] ? { group: situation.groups[0] } : {}),
      account: here.account ?? 'shared',
      ...(standing.lesson ? { lesson: standing.lesson.id } : {}),
      versions: versionsOf(held),
      verdict: {
        open: verdict?.open ?? false,
        tier: verdict?.tier ?? ('packaged' as const),
        ...(verdict?.entry ? { entry: verdict.entry } : {}),
        ...(verdict?.from ? { from: verdict.from } : {}),
        ...(verdict?.category ? { category: verdict.category } : {}),
      },
    };
  }

  async function reportOrCount(pressed: Pressed): Promise<string | null> {
    const closedPage = readClosedAddress(pressed.url, blockPage);
    // An empty window shows what the page that opened it has written there.
    const opener = !pressed.target && isEmptyWindow(pressed.url) ? await openerOf(pressed.tabId) : undefined;
    const text = opener ?? shownIn(pressed.target ?? closedPage?.address ?? pressed.url);
    if (!/^(https?|data|blob|file|ftp):/i.test(text)) return null;
    // A data: address is a page's content: only its kind may leave the device (promise 6).
    const address = isContent(text) ? kindOf(text) : withoutCredentials(text);
    if (!address) return null;
    const fingerprint = await sha256Hex(isContent(text) ? text : address);
    const earlier = await seen.get(fingerprint);
    if (earlier) {
      await outbox.add({
        kind: 'reports',
        event: { type: 'repeat', id: newId(), report: earlier, at: at() },
      });
      return earlier;
    }
    // A link or picture was met on the page that shows it; a page, on the one that led there.
    const [around, from] = await Promise.all([
      circumstances(address),
      pressed.target ? parseAddress(pressed.url)?.host : openedFrom(pressed.tabId),
    ]);
    const id = newId();
    const event: ReportEvent = {
      type: 'report',
      id,
      at: at(),
      address: address.slice(0, 65_536),
      // Chrome's title for a data: page without one is its address, which is its content.
      title: closedPage || opener || isContent(pressed.url) ? '' : pressed.title.slice(0, 1_000),
      what: opener ? 'pop-up' : closedPage && !pressed.target ? 'closed-page' : pressed.what,
      ...around,
      ...(from ? { openedFrom: from } : {}),
    };
    await outbox.add(
      { kind: 'reports', event },
      { id, tabId: pressed.tabId, at: clock.now(), state: 'waiting' },
    );
    await Promise.all([
      seen.set(fingerprint, id),
      evidence.keep([...new Set([address, pressed.url].flatMap((each) => webOrigin(unwrapped(each))))]),
    ]);
    return id;
  }

  return {
    /**
     * Puts a report on disk and gives its id, or null where there is nothing to report (`chrome:`, a new tab). A
     * further press on the same page is the same report, counted.
     */
    async report(pressed: Pressed): Promise<string | null> {
      // Two presses in one breath are one report: the second waits for the first.
      return await navigator.locks.request('keystage-report', () => reportOrCount(pressed));
    },
    /** The child's answer follows as a message of its own. */
    answer: (report: string, answer: Answer) =>
      outbox.add({ kind: 'reports', event: { type: 'answer', id: newId(), report, at: at(), answer } }),
    /** The child went back to the page: the report stays, marked. */
    returned: (report: string) =>
      outbox.add({ kind: 'reports', event: { type: 'return', id: newId(), report, at: at() } }),
    /** "Please open this" (FIELD T1). Gives the request's id. */
    async ask(address: string, why: string): Promise<string> {
      const event: RequestEvent = {
        type: 'request',
        id: newId(),
        at: at(),
        address: (withoutCredentials(address) ?? address).slice(0, 65_536),
        why: why.trim().slice(0, 200),
        ...(await circumstances(address)),
      };
      await outbox.add({ kind: 'requests', event });
      return event.id;
    },
  };
}

/** `blob:https://…` belongs to the site that made it. */
const unwrapped = (url: string): string => shownIn(url).replace(/^blob:/i, '');

const isContent = (address: string): boolean => /^data:/i.test(address);

/** `data:image/png`, and nothing of what follows. */
const kindOf = (address: string): string => /^data:[\w.+-]*(?:\/[\w.+-]*)?/i.exec(address)?.[0] ?? '';
