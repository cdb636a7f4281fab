import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { z } from 'zod';
import { Receipt, ReportsEvent, RequestEvent } from '../rules/wire.ts';
import { type Log, logRequests } from './log.ts';
import { limitBodyUnless, notFound, onError, refuse } from './refusal.ts';
import { approvalRoutes } from './routes/approvals.ts';
import { auditRoutes } from './routes/audit.ts';
import { type ConsoleParts, requireOwnOrigin } from './routes/console-parts.ts';
import { dayPassRoutes } from './routes/day-passes.ts';
import { requireByTable } from './routes/deeds.ts';
import type { DeviceParts } from './routes/device-parts.ts';
import { documentRoutes } from './routes/documents.ts';
import { enrolRoutes } from './routes/enrol.ts';
import { eventRoutes } from './routes/events.ts';
import { figureRoutes } from './routes/figures.ts';
import { fleetRoutes } from './routes/fleet.ts';
import { groupRoutes } from './routes/groups.ts';
import { healthRoutes } from './routes/health.ts';
import { inboxRoutes } from './routes/inbox.ts';
import { joinRoutes } from './routes/join.ts';
import { lessonRoutes } from './routes/lessons.ts';
import { listSubscriptionRoutes } from './routes/list-subscriptions.ts';
import { listRoutes } from './routes/lists.ts';
import { liveRoutes } from './routes/live.ts';
import { describeLive } from './routes/live-channel.ts';
import { networkClosedRoutes } from './routes/network-closed.ts';
import { peopleRoutes } from './routes/people.ts';
import { requestRoutes } from './routes/requests.ts';
import { meRoutes, signInRoutes } from './routes/sign-in.ts';
import { timetableRoutes } from './routes/timetable.ts';
import { unblockRoutes } from './routes/unblocks.ts';
import { updateRoutes } from './routes/updates.ts';
import { verdictRoutes } from './routes/verdict.ts';

/** A class list of 32 MB as base64 in JSON. */
const CLASS_LIST_BYTES = 48 * 1024 * 1024;

/** What devices reach, also from homes: `/v1` and the extension itself. */
export function createDeviceApp(parts: DeviceParts, alive: Hono, log: Log, version: string) {
  const v1 = new OpenAPIHono()
    .route('/', enrolRoutes(parts))
    .route('/', documentRoutes(parts))
    .route('/', listRoutes(parts))
    .route('/', eventRoutes(parts))
    .route('/', healthRoutes(parts))
    .route('/', networkClosedRoutes(parts))
    .route('/', joinRoutes(parts));
  describeLive(v1);
  v1.openAPIRegistry.registerComponent('securitySchemes', 'seat', {
    type: 'http',
    scheme: 'bearer',
    description: 'Bearer <seat>.<key>, both from POST /v1/enrol',
  });
  // Batches are read event by event, so no route mentions their schemas.
  for (const [name, schema] of Object.entries({ ReportsEvent, RequestEvent, Receipt }))
    v1.openAPIRegistry.registerComponent('schemas', name, z.toJSONSchema(schema, { io: 'input' }) as object);
  v1.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Keystage endpoint, for devices', version },
    servers: [{ url: '/v1' }],
  });

  const app = new Hono();
  app.use(logRequests(log));
  app.use(secureHeaders({ strictTransportSecurity: false }));
  app.route('/v1', v1);
  app.route('/', alive);
  app.route('/', updateRoutes(parts.places.packed));
  app.notFound(notFound);
  app.onError(onError(log));
  return app;
}

/** What the school's people reach: the console's pages and what they ask. */
export function createConsoleApp(parts: ConsoleParts, alive: Hono, log: Log, builtConsole: string) {
  const app = new Hono();
  app.use(logRequests(log));
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
      xFrameOptions: 'DENY',
      // TLS, and what a host says about it, is the reverse proxy's job.
      strictTransportSecurity: false,
      referrerPolicy: 'no-referrer',
    }),
  );
  app.use('/console/*', async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  // Who asks is settled from the headers alone: nobody else's body is read into memory, up to a class list's size.
  app.use('/console/api/*', requireOwnOrigin(parts.consoleUrl), requireByTable(parts.people));
  app.use(
    '/console/*',
    limitBodyUnless(
      65_536,
      ['/console/api/groups/import', '/console/api/timetable/import'],
      CLASS_LIST_BYTES,
    ),
  );
  app.route('/console', signInRoutes(parts));
  app.route('/console/api', meRoutes(parts));
  app.route('/console/api', peopleRoutes(parts));
  app.route('/console/api', dayPassRoutes(parts));
  app.route('/console/api', auditRoutes(parts));
  app.route('/console/api', figureRoutes(parts));
  app.route('/console/api', inboxRoutes(parts));
  app.route('/console/api', fleetRoutes(parts));
  app.route('/console/api', liveRoutes(parts));
  app.route('/console/api', verdictRoutes(parts));
  app.route('/console/api', lessonRoutes(parts));
  app.route('/console/api', groupRoutes(parts));
  app.route('/console/api', requestRoutes(parts));
  app.route('/console/api', unblockRoutes(parts));
  app.route('/console/api', approvalRoutes(parts));
  app.route('/console/api', listSubscriptionRoutes(parts));
  app.route('/console/api', timetableRoutes(parts));
  app.all('/console/*', notFound);
  app.route('/', alive);

  let serveFiles: ReturnType<typeof serveStatic> | undefined;
  let servePage: typeof serveFiles;
  app.get('*', async (c, next) => {
    if (!existsSync(join(builtConsole, 'index.html')))
      return refuse(c, 503, 'console-not-built', 'The console is not built yet: run "npm run build".');
    serveFiles ??= serveStatic({ root: builtConsole });
    servePage ??= serveStatic({ root: builtConsole, path: 'index.html' });
    return isPage(c.req.path) ? servePage(c, next) : serveFiles(c, next);
  });
  app.notFound(notFound);
  app.onError(onError(log));
  return app;
}

/** The console's pages have one word for an address, and are one file; it knows itself which of them there are. */
const isPage = (path: string): boolean => /^\/[a-z-]*\/?$/.test(path);

/** Both on one address: the devices' paths first, all else is the console's. */
export function createSharedApp(device: Hono, consoleApp: Hono) {
  const isForDevices = (path: string) =>
    path.startsWith('/v1/') || path === '/updates.xml' || path === '/keystage.crx';
  return {
    fetch: (request: Request, env?: object) =>
      (isForDevices(new URL(request.url).pathname) ? device : consoleApp).fetch(request, env),
  };
}
