import { browser } from 'wxt/browser';
import { ClosedPage } from '../../components/blocked/ClosedPage.tsx';
import type { Asked, Why } from '../../components/blocked/why.ts';
import { parseAddress } from '../../rules/address.ts';
import { judge, whyPackaged } from '../../rules/decide.ts';
import { readingLevel } from '../../rules/stages.ts';
import { standingOf } from '../../rules/standing.ts';
import { type TierName, tiers } from '../../rules/tiers.ts';
import { readClosedAddress } from '../../utils/block-page.ts';
import { createDevice } from '../../utils/device.ts';
import { helpersIn, helplinesFor } from '../page/people.ts';
import { readAloud } from '../page/read-aloud.ts';
import { type Remembered, remember, remembered } from '../page/remembered.ts';
import { show, words } from '../page/show.tsx';
import { goOn } from './going-on.ts';
import { whyFromRule, whyOf } from './why.ts';

const query = new URLSearchParams(location.search);

if (!query.has('self')) {
  // Chrome shows an error on reload of a page that a link led to, unless the page gave itself its address
  // (CHROME-FACTS 18). Writing it is enough, and a whole navigation quicker than going there.
  const hash = location.href.indexOf('#');
  const fragment = hash < 0 ? '' : location.href.slice(hash);
  query.set('self', '1');
  history.replaceState(null, '', `${location.pathname}?${query}${fragment}`);
}

const device = createDevice(browser, Date.now);
const closed = readClosedAddress(location.href, device.blockPage) ?? {
  tier: 'packaged' as const,
  category: null,
  address: '',
};
const address = parseAddress(closed.address);
let asked: { id: string; state: Asked } | undefined;

/** Everything that the page shows, from whatever is known by now. */
function put(known: Pick<Remembered, 'stage' | 'school'>, why: Why, canAsk: boolean): void {
  show(
    words('title_closed'),
    <ClosedPage
      level={readingLevel(known.stage)}
      why={why}
      {...(address ? { host: address.host } : {})}
      {...(why.code === 'guard-translator' && why.carried ? { carried: hostIn(why.carried) } : {})}
      helpers={helpersIn(known.school)}
      helplines={helplinesFor(known.school, known.stage)}
      canAsk={canAsk}
      asked={asked?.state}
      canGoBack={history.length > 1}
      now={device.clock.now()}
      timeZone={known.school?.timeZone}
      onBack={() => history.back()}
      onAsk={(why) => void ask(why)}
      onReport={address ? () => void report() : undefined}
      readAloud={readAloud}
    />,
  );
}

/** On the screen at once, by the rule's own word. */
function firstLook(): void {
  const known = remembered();
  if (!known) return;
  const why = whyFromRule(closed, known);
  put(known, why, mayAsk(why, closed.tier));
}

/** Whether asking could help: something but time or an adult's presence lifts the tier. */
const mayAsk = (why: Why, tier: TierName): boolean =>
  why.code !== 'not-known-yet' &&
  why.code !== 'address-not-understood' &&
  tiers[tier].liftedBy.some((by) => by === 'allow' || by === 'grant');

/** Why the page is closed, by what holds now; it goes on by itself when it opens. Needs no worker: it may be dead. */
async function draw(): Promise<void> {
  const { held, documents, situation } = await device.enforcement.read();
  const standing = standingOf(documents, situation);
  const verdict = address && judge(standing, documents, address);
  if (verdict?.open && (await goOnIfOpen())) return;
  const known: Remembered = { stage: situation.stage, school: held.policy, packaged: whyPackaged(standing) };
  const why = verdict && !verdict.open ? whyOf(verdict, held.policy) : whyFromRule(closed, known);
  put(known, why, standing.known && mayAsk(why, verdict?.open === false ? verdict.tier : closed.tier));
  remember(known);
}

/** The rules may be gone or behind, with no worker to see to it: first in force, then there. */
async function goOnIfOpen(): Promise<boolean> {
  await device.enforcement.apply();
  return goOn(closed.address, sessionStorage, (to) => location.replace(to), Date.now());
}

async function ask(why: string): Promise<void> {
  asked = { id: await device.reports.ask(closed.address, why), state: 'sending' };
  await draw();
  await device.outbox.send(true);
  await lookWhatBecameOfIt();
}

async function lookWhatBecameOfIt(): Promise<void> {
  if (!asked) return;
  const { id } = asked;
  const waiting = (await device.store.outbox()).find((item) => item.id === id);
  asked.state = !waiting ? 'sent' : waiting.state === 'aside' ? 'set-aside' : 'sending';
  await draw();
}

async function report(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  const id = await device.reports.report({
    tabId: tab?.id ?? null,
    url: location.href,
    title: '',
    what: 'closed-page',
  });
  if (id) location.assign(`reported.html?id=${id}`);
}

const hostIn = (text: string): string => parseAddress(text)?.host ?? '';

try {
  firstLook();
} catch {
  // A first look is a courtesy: what holds is drawn next.
}
device.news.hear((news) => void (news === 'rules' ? draw() : lookWhatBecameOfIt()));
void device.ready.then(draw);
