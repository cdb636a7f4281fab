import { createDaily } from './daily.ts';
import { writeDownRunOut } from './grants/run-out.ts';
import { importNightly } from './groups/nightly.ts';
import type { Ends } from './lessons/ends.ts';
import { forgetOldLessons } from './lessons/store.ts';
import { createLookAround } from './live/look-around.ts';
import type { Live } from './live.ts';
import type { Log } from './log.ts';
import type { DayPasses } from './people/day-passes.ts';
import { createPassEnds } from './people/pass-ends.ts';
import { enforceRetention } from './retention.ts';
import { createAnotherWrote } from './store/another-wrote.ts';
import type { Store } from './store/tables.ts';
import type { Lists } from './subscriptions/subscriptions.ts';

type Parts = {
  store: Store;
  now: () => Date;
  log: Log;
  ends: Ends;
  dayPasses: Pick<DayPasses, 'endDue'>;
  lists: Pick<Lists, 'update' | 'stop'>;
  publishOrders: () => Promise<void>;
  lookPublished: () => Promise<void>;
  inboxChanged: Live['changed'];
  /** Somebody's orders may say something else now. */
  openingsChanged: () => void;
};

/** What the endpoint does by the clock, with nobody asking: every second, when something ends, once a day. */
export function createRounds({
  store,
  now,
  log,
  ends,
  dayPasses,
  lists,
  publishOrders,
  lookPublished,
  inboxChanged,
  openingsChanged,
}: Parts) {
  // The command line may set orders or publish on the same folder, and some things begin by the clock alone.
  const lookAround = createLookAround({
    anotherWrote: createAnotherWrote(store),
    look: () => Promise.all([publishOrders(), lookPublished(), ends.look(), writeDownRunOut(store, now())]),
    log,
  });
  const passEnds = createPassEnds(dayPasses, now, log);
  const retain = async () => {
    const ended = await enforceRetention(store, now());
    await forgetOldLessons(store, now());
    if (ended.reports + ended.requests > 0) inboxChanged([{ openBefore: true, openNow: true }]);
    return ended;
  };
  const retention = createDaily({ now, log }, retain);
  const classLists = createDaily({ now, log }, async () => {
    const read = await importNightly(store, now());
    if (read?.waiting) log.warn('the nightly class list waits for a person');
    openingsChanged();
  });
  const subscribedLists = createDaily({ now, log }, async () => {
    for (const offered of await lists.update('due', 'endpoint'))
      if (!offered.ok || offered.state === 'waiting')
        log.warn({ list: offered.id, state: offered.ok ? offered.state : offered.code }, 'list not updated');
  });

  return {
    /** Deletes what is old enough, as `start` does at once and then once a day; says how much of it there was. */
    retain,
    async start(): Promise<void> {
      await ends.look();
      await retention.start();
      await classLists.start();
      await passEnds.start();
      // A list that takes minutes to come must not hold up a start, nor the retention of reports.
      void subscribedLists.start();
    },
    async stop(): Promise<void> {
      passEnds.stop();
      await lookAround.stop();
      await ends.stop();
      await retention.stop();
      await classLists.stop();
      lists.stop();
      await subscribedLists.stop();
    },
  };
}
