import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConsoleApp, createDeviceApp, createSharedApp } from './app.ts';
import { createApprovals } from './approvals/approvals.ts';
import { publishCatalogue } from './catalogue.ts';
import { createDaily } from './daily.ts';
import { placesIn, readOrMakeSecrets, signingKeyIn } from './data-folder.ts';
import { requireSeat } from './device-auth.ts';
import { writeDownRunOut } from './grants/run-out.ts';
import { grantSpeaker } from './grants/speaker.ts';
import { importNightly } from './groups/nightly.ts';
import { classListSpeaker } from './groups/speaker.ts';
import { createCards } from './lessons/cards.ts';
import { createClassLists } from './lessons/class-lists.ts';
import { createEnds } from './lessons/ends.ts';
import { createLessons } from './lessons/lessons.ts';
import { lessonSpeaker } from './lessons/speaker.ts';
import { forgetOldLessons } from './lessons/store.ts';
import { createStateOf } from './lessons/taking-part.ts';
import { createTries } from './lessons/tries.ts';
import { createLookAround } from './live/look-around.ts';
import { createPublishOrders } from './live/publish-orders.ts';
import { createSeatsHere } from './live/seats-here.ts';
import { createSockets, type LiveTimes } from './live/sockets.ts';
import { createWatchPublished } from './live/watch-published.ts';
import { createLive } from './live.ts';
import type { Log } from './log.ts';
import { createPost, type MailSettings } from './mail.ts';
import { setOrders, standingSpeaker } from './orders.ts';
import { packedHost } from './orders-around.ts';
import type { Speaker } from './orders-for-seat.ts';
import type { GoogleSettings } from './people/google.ts';
import { createPassEnds } from './people/pass-ends.ts';
import { createPeople } from './people.ts';
import { type Publisher, publishPolicy } from './publish.ts';
import { createRate } from './rate.ts';
import { createRequests } from './requests/answer.ts';
import { createHomework } from './requests/homework.ts';
import { answerSpeaker } from './requests/speaker.ts';
import { enforceRetention } from './retention.ts';
import { createAliveRoutes } from './routes/alive.ts';
import type { Rates } from './routes/device-parts.ts';
import { createSeatOrders } from './seat-orders.ts';
import { createSerially } from './serially.ts';
import { createSign, type Sign } from './sign.ts';
import { createAnotherWrote } from './store/another-wrote.ts';
import { newestDocument } from './store/documents.ts';
import { createKeepEvents } from './store/events.ts';
import { openStore } from './store/open.ts';
import { isKeyOfSeat } from './store/seats.ts';
import { createSubscriptions } from './subscriptions/subscriptions.ts';
import { createUnblocks } from './unblocks/unblocks.ts';
import { createCatalogueLists } from './verdict-lists.ts';

const usualRates: Rates = {
  perSeat: { burst: 600, perSecond: 5 },
  enrolments: { burst: 3_000, perSecond: 20 },
  // A Chromebook of a cart meets a new pupil every lesson; sixty in an hour are nobody's.
  newSeatsOfDevice: { burst: 60, perSecond: 60 / 3_600 },
  wrongTokens: { burst: 100, perSecond: 1 },
  signIns: { burst: 10, perSecond: 1 / 30 },
  signInsOfAccount: { burst: 100, perSecond: 1 / 10 },
  // A staff room behind one router signs in before the first lesson; known browsers do not count.
  signInsOfAddress: { burst: 200, perSecond: 1 },
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
  secondFactor?: 'required' | 'off' | undefined;
  google?: GoogleSettings | undefined;
  /** Folder of `<category>.txt` lists. */
  listSources?: string;
  builtConsole?: string;
  /** How lists are downloaded. */
  fetching?: typeof fetch;
  /** Beats and time-outs of the live channel. */
  liveTimes?: Partial<LiveTimes>;
  /** Milliseconds that pass whatever the clock on the wall is set to. */
  passed?: () => number;
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
  const live = createLive();
  const post = options.mail && createPost({ store, now, log, consoleUrl, mail: options.mail });
  const people = createPeople({
    store,
    cookieSecret: secrets.cookieSecret,
    consoleUrl,
    now,
    secondFactor: options.secondFactor,
    google: options.google,
    posted: () => post?.wake(),
  });
  const passEnds = createPassEnds(people.dayPasses, now, log);
  const inTurn = createSerially();

  const document = (kind: 'policy' | 'catalogue') => newestDocument(store, kind);
  const classLists = createClassLists(store, now);
  // Who has something to say to seats. Class lists first: whom a group reaches is known by then.
  const speakers: Speaker[] = [
    classListSpeaker(store),
    lessonSpeaker(store, async () => {
      const policy = await lessons.policyNow();
      return { policy, classes: await classLists.classes(policy) };
    }),
    grantSpeaker(store),
    answerSpeaker(store),
    standingSpeaker(store),
  ];
  const orders = createSeatOrders({
    store,
    school: secrets.school,
    now,
    speakers,
    signingKey: () => signingKeyIn(folder),
  });
  const here = createSeatsHere(now, () => live.lessonsChanged());
  const watch = createWatchPublished(document, (what) => sockets.tellAll(what));
  const sockets = createSockets({
    now,
    log,
    isKeyOfSeat: (seat, key) => isKeyOfSeat(store, seat, key),
    ordersFor: orders.for,
    published: watch.versions,
    here,
    times: options.liveTimes,
  });
  /** Whoever has changed something that a speaker says calls this. */
  const publishOrders = createPublishOrders({ orders, sockets, log });
  const listsOf = createCatalogueLists(places.lists);
  const lessons = createLessons({
    store,
    now,
    newId,
    classLists,
    listsOf,
    changed: () => {
      void publishOrders();
      void ends.look();
      live.lessonsChanged();
    },
  });
  /** Somebody's orders may say something else now. */
  const openingsChanged = () => {
    void publishOrders();
    live.lessonsChanged();
  };
  const openings = { store, now, newId, listsOf };
  const requests = createRequests(openings);
  const homework = createHomework(openings);
  const unblocks = createUnblocks(openings);
  const publishAndTell = async (written: unknown, by: string) => {
    const published = await inTurn(() => publishPolicy(publisher, written, by));
    await watch.look();
    void publishOrders();
    return published;
  };
  const approvals = createApprovals({ ...openings, publishPolicy: publishAndTell });
  people.whenLeaves((person) => lessons.endLessonsOf(person));
  const ends = createEnds({ now, passed: options.passed ?? (() => performance.now()), log, lessons });
  const cards = createCards({ store, now, classLists, stateOf: createStateOf(orders, here) });
  // The command line may set orders or publish on the same folder, and some things begin by the clock alone.
  const lookAround = createLookAround({
    anotherWrote: createAnotherWrote(store),
    look: () => Promise.all([publishOrders(), watch.look(), ends.look(), writeDownRunOut(store, now())]),
    log,
  });
  const keepEvents = createKeepEvents(
    { store, now, newId, mailAfterMs: options.mailAfterMs ?? 5_000 },
    (changes) => {
      live.changed(changes);
      if (changes.some(({ kind }) => kind === 'request')) live.lessonsChanged();
      post?.wake();
    },
  );
  const retain = async () => {
    const ended = await enforceRetention(store, now());
    await forgetOldLessons(store, now());
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
  const nightly = createDaily({ now, log }, async () => {
    const read = await importNightly(store, now());
    if (read?.waiting) log.warn('the nightly class list waits for a person');
    openingsChanged();
  });
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
      orders,
      here,
      lessons,
      unblocks,
      tries: createTries(now),
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
      listsOf,
      lists,
      orders,
      lessons,
      cards,
      classLists,
      newId,
      requests,
      homework,
      unblocks,
      approvals,
      changed: openingsChanged,
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
    publishPolicy: publishAndTell,
    publishCatalogue: async () => {
      const published = await publishLists();
      await watch.look();
      return published;
    },
    publishOrders,
    /** Ends the lessons of somebody who may not teach any more. */
    endLessonsOf: lessons.endLessonsOf,
    /** Looks at once for lessons that are over. */
    endLessons: ends.look,
    /** How many sockets of seats are open. */
    sockets: sockets.count,
    /** For the server that devices reach: the live channel. */
    upgrade: sockets.upgrade,
    /** The lists that the school takes from elsewhere. */
    lists,
    setOrders: (written: unknown, by: string) =>
      inTurn(async () => {
        const set = await setOrders(publisher, written, by, await packedHost(places.packed));
        void publishOrders();
        return set;
      }),
    /** What `start` does at once and then once a day. */
    enforceRetention: retain,
    async start() {
      await ends.look();
      await daily.start();
      await nightly.start();
      await passEnds.start();
      void dailyLists.start();
      await post?.start();
    },
    /** Ends the streams that would otherwise hold a server open. */
    endLive: () => {
      live.close();
      sockets.close();
    },
    async close() {
      passEnds.stop();
      live.close();
      sockets.close();
      await lookAround.stop();
      await ends.stop();
      await daily.stop();
      await nightly.stop();
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
