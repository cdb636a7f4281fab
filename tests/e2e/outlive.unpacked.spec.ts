import type { Page } from '@playwright/test';
import { closedOn } from '../fixtures/blockPage.ts';
import { waitInForce } from '../fixtures/inForce.ts';
import { inSeconds } from '../fixtures/lessons.ts';
import type { Profile } from '../fixtures/profile.ts';
import { expect, test } from '../fixtures/test.ts';
import { networkIsBack } from '../fixtures/wake.ts';

/*
 * Ways in which a page that was open tries to outlive its end (promises 8 and 10), found by an attack: what Chrome says
 * of the tab then is not what stands there.
 */
const granted = 'https://granted.example';
const approved = 'https://thenational.academy';

type Way = {
  opens: (seat: Profile) => Promise<Page>;
  isThere: (page: Page, seat: Profile) => Promise<boolean>;
};

const says =
  (words: string) =>
  async (page: Page): Promise<boolean> => {
    const texts = await Promise.all(
      page.frames().map((frame) => frame.evaluate(() => document.body?.innerText ?? '').catch(() => '')),
    );
    return texts.some((text) => text.includes(words));
  };

/** A window that a page opened at `address`, and what happens in the opener. */
async function popUp(opener: Page, address: string): Promise<Page> {
  const [page] = await Promise.all([
    opener.waitForEvent('popup'),
    opener.evaluate((to) => {
      Object.assign(globalThis, { popUp: open(to) });
    }, address),
  ]);
  await page.waitForLoadState();
  return page;
}

const ways: Record<string, Way> = {
  'goes where no answer comes from': {
    opens: async (seat) => {
      const page = await seat.visit(`${granted}/goes`);
      await page.evaluate((to) => {
        location.href = to;
      }, `${approved}/hang`);
      return page;
    },
    // Playwright waits for such a page; Chrome says what stands there.
    isThere: async (_, seat) => {
      const worker = await seat.worker();
      return worker.evaluate(async (url) => (await chrome.tabs.query({ url })).length > 0, `${granted}/goes`);
    },
  },
  'is a frame that stopped its own load': {
    opens: (seat) => seat.visit(`${approved}/around-stopped`),
    isThere: says('the game'),
  },
  'is a frame that put its own blob: in its place': {
    opens: (seat) => seat.visit(`${approved}/around-replaced`),
    isThere: says('the game'),
  },
  'emptied one frame, wrote into it from another, and led that one elsewhere': {
    opens: (seat) => seat.visit(`${approved}/around-two`),
    isThere: says('the game'),
  },
  'wrote into an empty window that is spelled otherwise': {
    opens: async (seat) => {
      const opener = await seat.visit(`${granted}/plain`);
      const page = await popUp(opener, 'about:blank#x');
      await page.evaluate(() => {
        document.body.innerHTML = '<h1>the game</h1>';
      });
      return page;
    },
    isThere: says('the game'),
  },
  'is a frame in an empty window of an approved page': {
    opens: async (seat) => {
      const page = await popUp(await seat.visit(`${approved}/opens`), 'about:blank');
      await page.evaluate((from) => {
        document.body.innerHTML = `<iframe src="${from}"></iframe>`;
      }, `${granted}/plain`);
      return page;
    },
    isThere: says('the game'),
  },
  'empties a window that it had opened at an approved page, and writes into it': {
    opens: async (seat) => {
      const opener = await seat.visit(`${granted}/plain`);
      const page = await popUp(opener, `${approved}/first`);
      await opener.evaluate(() => {
        const { popUp } = globalThis as unknown as { popUp: Window };
        popUp.location.href = 'about:blank';
      });
      await page.waitForURL('about:blank');
      await opener.evaluate(() => {
        const { popUp } = globalThis as unknown as { popUp: Window };
        popUp.document.body.innerHTML = '<h1>the game</h1>';
      });
      return page;
    },
    isThere: says('the game'),
  },
};

test('at the end of what opened it, every page of a site goes, whatever its tab seems to show', async ({
  site,
  school,
  openSeat,
}) => {
  const framed = (path: string) => `<h1>around</h1><iframe src="${granted}${path}"></iframe>`;
  site.show('granted.example', '/plain', '<h1>the game</h1>');
  site.show('granted.example', '/stopped', '<h1>the game</h1><script>stop()</script>');
  site.show('thenational.academy', '/around-stopped', framed('/stopped'));
  site.show(
    'granted.example',
    '/replaced',
    `<script>location.replace(URL.createObjectURL(new Blob(['<h1>the game</h1>'], { type: 'text/html' })))</script>`,
  );
  site.show('thenational.academy', '/around-replaced', framed('/replaced'));
  site.show(
    'granted.example',
    '/writes',
    `<script>
      addEventListener('message', () => {
        const other = parent.frames[0];
        other.location = 'about:blank';
        const looks = setInterval(() => {
          if (other.location.href !== 'about:blank') return;
          clearInterval(looks);
          other.document.write('<h1>the game</h1>');
          location.replace('${approved}/elsewhere');
        }, 20);
      });
    </script>`,
  );
  site.show(
    'thenational.academy',
    '/around-two',
    `<iframe src="${granted}/empty"></iframe><iframe src="${granted}/writes"></iframe>
    <script>addEventListener('load', () => frames[1].postMessage('go', '*'))</script>`,
  );
  site.answer('thenational.academy', '/hang', () => {});
  const seat = await openSeat('KS2');
  await waitInForce(seat, { policy: true, stage: 'KS2' });
  const grant = { id: 'g', scope: { stages: ['KS2'] }, reason: 'a project', by: 'Ms Reed' };
  const opened = {
    ...grant,
    entries: [{ entry: 'granted.example' }],
    startsAt: inSeconds(-60),
    endsAt: inSeconds(600),
  };
  const first = await seat.visit(`${granted}/plain`);
  await closedOn(seat, first);
  await school.orders({ grants: [opened] });
  await networkIsBack(seat);
  await first.waitForURL(`${granted}/plain`);

  const pages = new Map<string, Page>();
  for (const [way, { opens, isThere }] of Object.entries(ways)) {
    const page = await opens(seat);
    pages.set(way, page);
    await expect.poll(() => isThere(page, seat), way).toBe(true);
  }
  await school.orders({ grants: [] });
  await networkIsBack(seat);
  await closedOn(seat, first);
  for (const [way, page] of pages)
    await expect
      .poll(async () => page.isClosed() || !(await ways[way]?.isThere(page, seat)), {
        message: way,
        timeout: 10_000,
      })
      .toBe(true);
});
