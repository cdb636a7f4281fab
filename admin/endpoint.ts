import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConsoleApp, createDeviceApp, createSharedApp } from './app.ts';
import { createApprovals } from './approvals/approvals.ts';
import { publishCatalogue } from './catalogue.ts';
import { placesIn, readOrMakeSecrets, signingKeyIn } from './data-folder.ts';
import { requireSeat } from './device-auth.ts';
import { type EndpointOptions, usualRates } from './endpoint-options.ts';
import { createHearNetworkClosed } from './grants/network-closed.ts';
import { grantSpeaker } from './grants/speaker.ts';
import { classListSpeaker } from './groups/speaker.ts';
import { createCards } from './lessons/cards.ts';
import { createClassLists } from './lessons/class-lists.ts';
import { createEnds } from './lessons/ends.ts';
import { createLessons } from './lessons/lessons.ts';
import { lessonSpeaker } from './lessons/speaker.ts';
import { createStateOf } from './lessons/taking-part.ts';
import { createTries } from './lessons/tries.ts';
import { createToSeats } from './live/to-seats.ts';
import { createLive } from './live.ts';
import { createPost } from './mail.ts';
import { setOrders, standingSpeaker } from './orders.ts';
import { packedHost } from './orders-around.ts';
import type { Speaker } from './orders-for-seat.ts';
import { createPeople } from './people.ts';
import { type Publisher, publishPolicy } from './publish.ts';
import { createRate } from './rate.ts';
import { createRequests } from './requests/answer.ts';
import { createHomework } from './requests/homework.ts';
import { answerSpeaker } from './requests/speaker.ts';
import { createRounds } from './rounds.ts';
import { createAliveRoutes } from './routes/alive.ts';
import { createSerially } from './serially.ts';
import { createSign, type Sign } from './sign.ts';
import { newestDocument } from './store/documents.ts';
import { createKeepEvents } from './store/events.ts';
import { openStore } from './store/open.ts';
import { createSubscriptions } from './subscriptions/subscriptions.ts';
import { createTimetable } from './timetable/timetable.ts';
import { createUnblocks } from './unblocks/unblocks.ts';
import { createCatalogueLists } from './verdict-lists.ts';

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
    keepPasswords: options.keepPasswords,
    posted: () => post?.wake(),
  });
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
  const toSeats = createToSeats({
    store,
    school: secrets.school,
    now,
    log,
    speakers,
    signingKey: () => signingKeyIn(folder),
    document,
    seatsChanged: () => live.lessonsChanged(),
    times: options.liveTimes,
  });
  const { orders, here, publishOrders } = toSeats;
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
  const publishAndTell = async (written: unknown, by: string, person: string | null = null) => {
    const published = await inTurn(() => publishPolicy(publisher, written, by, person));
    await toSeats.lookPublished();
    void publishOrders();
    return published;
  };
  const approvals = createApprovals({ ...openings, publishPolicy: publishAndTell });
  const timetable = createTimetable({ store, now, publishPolicy: publishAndTell });
  people.whenLeaves((person) => lessons.endLessonsOf(person));
  const ends = createEnds({ now, passed: options.passed ?? (() => performance.now()), log, lessons });
  const cards = createCards({ store, now, classLists, stateOf: createStateOf(orders, here) });
  const keepEvents = createKeepEvents(
    { store, now, newId, mailAfterMs: options.mailAfterMs ?? 5_000 },
    (changes) => {
      live.changed(changes);
      if (changes.some(({ kind }) => kind === 'request')) live.lessonsChanged();
      post?.wake();
    },
  );
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
  const rounds = createRounds({
    store,
    now,
    log,
    ends,
    dayPasses: people.dayPasses,
    lists,
    publishOrders,
    lookPublished: toSeats.lookPublished,
    inboxChanged: live.changed,
    openingsChanged,
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
      hearNetworkClosed: createHearNetworkClosed({ store, now }),
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
      timetable,
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
    timetable,
    publishCatalogue: async () => {
      const published = await publishLists();
      await toSeats.lookPublished();
      return published;
    },
    publishOrders,
    /** Ends the lessons of somebody who may not teach any more. */
    endLessonsOf: lessons.endLessonsOf,
    /** Looks at once for lessons that are over. */
    endLessons: ends.look,
    /** How many sockets of seats are open. */
    sockets: toSeats.sockets.count,
    /** For the server that devices reach: the live channel. */
    upgrade: toSeats.sockets.upgrade,
    /** The lists that the school takes from elsewhere. */
    lists,
    setOrders: (written: unknown, by: string) =>
      inTurn(async () => {
        const set = await setOrders(publisher, written, by, await packedHost(places.packed));
        void publishOrders();
        return set;
      }),
    /** What `start` does at once and then once a day. */
    enforceRetention: rounds.retain,
    async start() {
      await rounds.start();
      await post?.start();
    },
    /** Ends the streams that would otherwise hold a server open. */
    endLive: () => {
      live.close();
      toSeats.sockets.close();
    },
    async close() {
      live.close();
      toSeats.sockets.close();
      await rounds.stop();
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
