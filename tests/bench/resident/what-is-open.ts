import { beat } from '../../fixtures/wake.ts';
import { counting, type Figure, medianOf } from '../figures.ts';
import type { Place } from '../speed/place.ts';

/** What the worker is made to note about itself. */
type Noted = { ordersAt?: number; inForceAt?: number };

/**
 * From the moment at which verified orders are handed to the store until Chrome has answered that its rules are
 * replaced. In turns with a grant and without: each time something opens or closes.
 */
export async function whatIsOpen({ school, seat, say }: Place, times: number): Promise<Figure[]> {
  const worker = await seat.worker();
  await worker.evaluate(() => {
    const noted: Noted = {};
    Object.assign(globalThis, { noted });
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, key) {
      if (this.name === 'documents' && value.kind === 'orders') noted.ordersAt = performance.now();
      return key === undefined ? put.call(this, value) : put.call(this, value, key);
    };
    const dnr = chrome.declarativeNetRequest;
    const update = dnr.updateSessionRules.bind(dnr);
    dnr.updateSessionRules = (async (options: chrome.declarativeNetRequest.UpdateRuleOptions) => {
      await update(options);
      noted.inForceAt = performance.now();
    }) as typeof dnr.updateSessionRules;
  });
  const done = counting(say, 'changes of what is open', times);
  const found: number[] = [];
  for (let index = -1; index < times; index += 1) {
    const opens = { entry: 'newly-opened.example', reason: 'measured' };
    const grant = {
      id: `grant-${index + 1}`,
      entries: [opens],
      scope: { stages: ['KS3'] },
      by: 'bench',
      reason: 'measured',
    };
    await school.orders({ grants: index % 2 === 0 ? [] : [grant] });
    await worker.evaluate(() => {
      const { noted } = globalThis as unknown as { noted: Noted };
      delete noted.ordersAt;
      delete noted.inForceAt;
    });
    await beat(seat);
    const took = await worker.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const { noted } = globalThis as unknown as { noted: Noted };
          const stop = setTimeout(() => reject(new Error(`not in force: ${JSON.stringify(noted)}`)), 20_000);
          const look = () => {
            if (noted.ordersAt === undefined || noted.inForceAt === undefined)
              return void setTimeout(look, 20);
            clearTimeout(stop);
            resolve(noted.inForceAt - noted.ordersAt);
          };
          look();
        }),
    );
    if (index >= 0) found.push(took);
    done(index + 1);
  }
  return [
    medianOf('a change of what is open, in force, lists resident', 'ms', found, {
      bound: { atMost: 20, of: 'value' },
      note: 'orders verified → stored, compiled, in Chrome',
    }),
  ];
}
