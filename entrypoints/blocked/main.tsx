import { browser } from 'wxt/browser';
import { ClosedPage } from '../../components/blocked/ClosedPage.tsx';
import type { Asked } from '../../components/blocked/why.ts';
import { parseAddress } from '../../rules/address.ts';
import { judge } from '../../rules/decide.ts';
import { readingLevel } from '../../rules/stages.ts';
import { standingOf } from '../../rules/standing.ts';
import { readClosedAddress } from '../../utils/block-page.ts';
import { createDevice } from '../../utils/device.ts';
import { helpersIn, helplinesFor } from '../page/people.ts';
import { readAloud } from '../page/read-aloud.ts';
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
void open();

/** Shows why the page is closed, and goes on by itself when it opens. Needs no worker: it may be dead. */
async function open(): Promise<void> {
  const device = createDevice(browser, Date.now);
  const closed = readClosedAddress(location.href, device.blockPage) ?? {
    tier: 'packaged' as const,
    category: null,
    address: '',
  };
  const address = parseAddress(closed.address);
  let asked: { id: string; state: Asked } | undefined;

  async function draw(): Promise<void> {
    const { held, documents, situation } = await device.enforcement.read();
    const standing = standingOf(documents, situation);
    const verdict = address && judge(standing, documents, situation, address);
    if (verdict?.open && (await goOnIfOpen())) return;
    const why = verdict && !verdict.open ? whyOf(verdict, held.policy) : whyFromRule(closed);
    const mayBeLifted =
      verdict?.open === false && verdict.liftedBy.some((by) => by === 'allow' || by === 'grant');
    show(
      words('title_closed'),
      <ClosedPage
        level={readingLevel(situation.stage)}
        why={why}
        {...(address ? { host: address.host } : {})}
        {...(why.code === 'guard-translator' && why.carried ? { carried: hostIn(why.carried) } : {})}
        helpers={helpersIn(held.policy)}
        helplines={helplinesFor(held.policy, situation.stage)}
        canAsk={mayBeLifted && standing.known}
        asked={asked?.state}
        canGoBack={history.length > 1}
        now={device.clock.now()}
        timeZone={held.policy?.timeZone}
        onBack={() => history.back()}
        onAsk={(why) => void ask(why)}
        onReport={address ? () => void report() : undefined}
        readAloud={readAloud}
      />,
    );
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

  await device.ready;
  device.news.hear((news) => void (news === 'rules' ? draw() : lookWhatBecameOfIt()));
  await draw();
}

const hostIn = (text: string): string => parseAddress(text)?.host ?? '';
