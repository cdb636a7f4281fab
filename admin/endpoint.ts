import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConsoleApp, createDeviceApp, createSharedApp } from './app.ts';
import { publishCatalogue } from './catalogue.ts';
import { createDaily } from './daily.ts';
import { placesIn, readOrMakeSecrets, signingKeyIn } from './data-folder.ts';
import { requireSeat } from './device-auth.ts';
import { createLive } from './live.ts';
import type { Log } from './log.ts';
import { createPost, type MailSettings } from './mail.ts';
import { currentOrders, setOrders } from './orders.ts';
import { packedHost } from './orders-around.ts';
import { createPeople } from './people.ts';
import { type Publisher, publishPolicy } from './publish.ts';
import { createRate } from './rate.ts';
import { enforceRetention } from './retention.ts';
import { createAliveRoutes } from './routes/alive.ts';
import type { Rates } from './routes/device-parts.ts';
import { createSerially } from './serially.ts';
import { createSign, type Sign } from './sign.ts';
import { newestDocument } from './store/documents.ts';
import { createKeepEvents } from './store/events.ts';
import { openStore } from './store/open.ts';
import { createSubscriptions } from './subscriptions/subscriptions.ts';

const usualRates: Rates = {
  perSeat: { burst: 600, perSecond: 5 },
  enrolments: { burst: 3_000, perSecond: 20 },
  // A Chromebook of a cart meets a new pupil every lesson; sixty in an hour are nobody's.
  newSeatsOfDevice: { burst: 60, perSecond: 60 / 3_600 },
  wrongTokens: { burst: 100, perSecond: 1 },
  signIns: { burst: 10, perSecond: 1 / 30 },
  signInsOfAccount: { burst: 100, perSecond: 1 / 10 },
};

export type EndpointOptions = {
  folder: string;
  /** The school's identifier, for the first run; later the data folder knows it. */
  school: string;
  /** Where people open the console: links in mails, and the origin that may change things. */
  consoleUrl: string;
  log: Log;
  now?: () => Date;
  newId?: () => string;
  mail?: MailSettings | undefined;
  /** How long an ordinary mail waits for the child's answer. */
  mailAfterMs?: number;
  rates?: Partial<Rates>;
  /** Folder of `<category>.txt` lists. */
  listSources?: string;
  builtConsole?: string;
  /** How lists are downloaded. */
  fetching?: typeof fetch;
};

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Puts the endpoint together: the only place where its pieces meet. */
export async function createEndpoint(options: EndpointOptions) {
  const { folder, log, consoleUrl, now = () => new Date(), newId = randomUUID } = options;
  const rates = { ...usualRates, ...options.rates };
  const places = placesIn(folder);
  const secrets = await readOrMakeSecrets(folder, options.school);
  const store = await openStore(folder);
  // Read for each document: the command line may change keys while the endpoint runs.
  const sign: Sign = async (kind, content) => createSign(await signingKeyIn(folder))(kind, content);
  const publisher: Publisher = {
    store,
    sign,
    school: secrets.school,
    now,
  };
  const people = createPeople({ store, cookieSecret: secrets.cookieSecret, consoleUrl, now });
  const live = createLive();
  const post = options.mail && createPost({ store, now, log, consoleUrl, mail: options.mail });
  const inTurn = createSerially();

  const document = (kind: 'policy' | 'catalogue' | 'orders') =>
    kind === 'orders' ? inTurn(() => currentOrders(publisher)) : newestDocument(store, kind);
  const keepEvents = createKeepEvents(
    { store, now, newId, mailAfterMs: options.mailAfterMs ?? 5_000 },
    (changes) => {
      live.changed(changes);
      post?.wake();
    },
  );
  const retain = async () => {
    const ended = await enforceRetention(store, now());
    if (ended.reports + ended.requests > 0) live.changed([{ openBefore: true, openNow: true }]);
    return ended;
  };
  const publishLists = () =>
    inTurn(() =>
      publishCatalogue(publisher, {
        sources: options.listSources ?? beside('./lists'),
        listsFolder: places.lists,
      }),
    );
  const lists = createSubscriptions({
    publisher,
    listsFolder: places.lists,
    fetching: options.fetching ?? fetch,
    publish: publishLists,
  });
  const daily = createDaily({ now, log }, retain);
  // A list that takes minutes to come must not hold up a start, nor the retention of reports.
  const dailyLists = createDaily({ now, log }, async () => {
    for (const offered of await lists.update('due', 'endpoint'))
      if (!offered.ok || offered.state === 'waiting')
        log.warn({ list: offered.id, state: offered.ok ? offered.state : offered.code }, 'list not updated');
  });
  const alive = createAliveRoutes(store, now, log);
  const device = createDeviceApp(
    {
      store,
      now,
      newId,
      secrets,
      places,
      rates,
      requireSeat: requireSeat(store, createRate(rates.perSeat, now)),
      keepEvents,
      document,
    },
    alive,
    log,
    await ownVersion(),
  );
  const consoleApp = createConsoleApp(
    {
      store,
      now,
      people,
      cookieSecret: secrets.cookieSecret,
      live,
      rates,
      document,
      consoleUrl,
      sendsMail: options.mail !== undefined,
      schoolName: () => schoolName(publisher),
      listsFolder: places.lists,
    },
    alive,
    log,
    options.builtConsole ?? beside('../.output/console'),
  );

  return {
    device,
    console: consoleApp,
    shared: createSharedApp(device, consoleApp),
    people,
    secrets,
    store,
    /** What signs documents here, for the command line. */
    publisher,
    publishPolicy: (written: unknown, by: string) => inTurn(() => publishPolicy(publisher, written, by)),
    publishCatalogue: publishLists,
    /** The lists that the school takes from elsewhere. */
    lists,
    setOrders: (written: unknown, by: string) =>
      inTurn(async () => setOrders(publisher, written, by, await packedHost(places.packed))),
    /** What `start` does at once and then once a day. */
    enforceRetention: retain,
    async start() {
      await daily.start();
      void dailyLists.start();
      await post?.start();
    },
    /** Ends the streams that would otherwise hold a server open. */
    endLive: () => live.close(),
    async close() {
      live.close();
      await daily.stop();
      lists.stop();
      await dailyLists.stop();
      await post?.stop();
      await store.destroy();
    },
  };
}
export type Endpoint = Awaited<ReturnType<typeof createEndpoint>>;

async function schoolName({ store, school }: Publisher): Promise<string> {
  const policy = await newestDocument(store, 'policy');
  return policy ? JSON.parse(policy.body).schoolName : school;
}

const ownVersion = async (): Promise<string> =>
  JSON.parse(await readFile(beside('../package.json'), 'utf8')).version;
