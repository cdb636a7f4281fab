import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { Act, type Me, Urgency } from '../../console-wire.ts';
import { placeOf } from '../../urgency.ts';
import { createLookLists } from './lists.ts';
import { lookAtPeople } from './people.ts';
import { type Made, makeArrival, makeFleet, makeInbox } from './school.ts';
import { answerTest, testChoices } from './tested.ts';

const everybody: Record<string, Me> = Object.fromEntries(
  (
    [
      ['head@school.example', 'Amina Reed', 'principal', false],
      ['safe@school.example', 'Tom Hartley', 'coordinator', false],
      ['it@school.example', 'Priya Shah', 'network-manager', false],
      ['first@school.example', 'Ellen Marsh', 'dsl', true],
      ['factor@school.example', 'Grace Adeyemi', 'teacher', false],
      ['new@school.example', 'Grace Adeyemi', 'teacher', false],
    ] as const
  ).map(([email, name, role, mustChangePassword]) => [
    email,
    {
      email,
      name,
      role,
      schoolName: 'Larkfield School',
      mustChangePassword,
      secondFactor: email === 'new@school.example' ? ('missing' as const) : ('not-needed' as const),
      until: null,
      notices:
        email === 'head@school.example' ? [{ id: '1', kind: 'break-glass', at: '2026-11-20T07:12:00Z' }] : [],
    },
  ]),
);

/** An endpoint in memory that keeps to `console-wire.ts`, for looking at the console. The password is `lookaround`. */
export function createLookEndpoint() {
  let inbox: Made[] = makeInbox();
  let fleet = makeFleet();
  let me: Me | null = null;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const tell of listeners) tell();
  };
  const app = new Hono();
  const people = lookAtPeople();

  app.post('/console/auth/sign-in/email', async (context) => {
    const { email, password } = await context.req.json<{ email: string; password: string }>();
    if (!everybody[email] || password !== 'lookaround')
      return context.json({ code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' }, 401);
    const found = everybody[email];
    if (email === 'factor@school.example') return context.json({ twoFactorRedirect: true });
    me = found;
    return context.json({ ok: true });
  });
  app.post('/console/auth/sign-out', (context) => {
    me = null;
    return context.json({ success: true });
  });
  app.post('/console/auth/change-password', async (context) => {
    const { currentPassword } = await context.req.json<{ currentPassword: string }>();
    if (currentPassword !== 'lookaround') return context.json({ code: 'INVALID_PASSWORD', message: '' }, 400);
    if (me) me = { ...me, mustChangePassword: false };
    return context.json({ ok: true });
  });
  app.post('/console/auth/two-factor/enable', (context) =>
    context.json({
      totpURI:
        'otpauth://totp/Keystage:g.adeyemi%40school.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Keystage',
      backupCodes: Array.from({ length: 10 }, (_, at) => `k${'abcdefghjk'[at]}wm-8hpz-3tqv-n7d2`),
    }),
  );
  app.post('/console/auth/two-factor/verify-totp', async (context) =>
    (await context.req.json()).code === '123456'
      ? context.json({ ok: true })
      : context.json({ code: 'INVALID_CODE', message: '' }, 401),
  );
  app.use('/console/api/*', async (context, next) => {
    if (!me) return context.json({ code: 'signed-out', message: 'Sign in first.' }, 401);
    await next();
  });
  const lists = createLookLists();
  app.route('/', lists.app);
  app.route('/', people.app);
  app.get('/console/api/me', (context) => context.json(me));
  app.get('/console/api/fleet', (context) => context.json(fleet));
  app.get('/console/api/inbox', (context) => {
    const { state, before, urgency = 'ordinary', limit = '50' } = context.req.query();
    const waits = (row: Made) => row.kind === 'report' && row.state === 'new';
    const place = (row: Made) => Urgency.options.toReversed().indexOf(placeOf(row));
    const last = Urgency.options.toReversed().indexOf(Urgency.parse(urgency));
    const matching = inbox
      .filter((row) => state === 'all' || waits(row))
      .filter((row) => !before || place(row) > last || (place(row) === last && row.receivedAt < before))
      .sort((a, b) => place(a) - place(b) || b.receivedAt.localeCompare(a.receivedAt));
    return context.json({
      rows: matching.slice(0, Number(limit)),
      more: matching.length > Number(limit),
      waiting: inbox.filter(waits).length,
      sendsMail: true,
    });
  });
  app.get('/console/api/inbox/:id', (context) => {
    const found = inbox.find((row) => row.id === context.req.param('id'));
    return found ? context.json(found) : context.json({ code: 'gone', message: 'Not here.' }, 404);
  });
  app.post('/console/api/inbox/:id/reveal', (context) => {
    const found = inbox.find((row) => row.id === context.req.param('id'));
    if (!found) return context.json({ code: 'gone', message: 'Not here.' }, 404);
    write(found, 'reveal', null);
    return context.json(found.revealed);
  });
  app.post('/console/api/inbox/act', async (context) => {
    const act = Act.parse(await context.req.json());
    for (const row of inbox.filter(({ id }) => act.ids.includes(id))) {
      if (act.act === 'note') row.notes += 1;
      else row.state = act.act === 'reopen' ? 'new' : act.act;
      write(row, act.act, 'note' in act ? (act.note ?? null) : null);
    }
    changed();
    return context.json({ ok: true });
  });
  app.get('/console/api/verdict', async (context) => context.json(await testChoices()));
  app.post('/console/api/verdict', async (context) => {
    const answer = await answerTest(await context.req.json());
    return 'code' in answer ? context.json(answer, 422) : context.json(answer);
  });
  app.get('/console/api/live', (context) =>
    streamSSE(context, async (stream) => {
      const tell = () => void stream.writeSSE({ event: 'changed', data: '' });
      listeners.add(tell);
      await stream.writeSSE({ event: 'hello', data: '' });
      await new Promise<void>((resolve) => stream.onAbort(() => resolve()));
      listeners.delete(tell);
    }),
  );

  function write(row: Made, act: string, note: string | null): void {
    row.log.push({ at: new Date().toISOString(), by: me?.name ?? '', act, note });
  }

  return {
    app,
    switchFactorOff: people.switchFactorOff,
    signIn: (email: string) => {
      me = everybody[email] ?? null;
    },
    signOut: () => {
      me = null;
    },
    arrive: () => {
      inbox = [makeArrival(), ...inbox];
      changed();
    },
    empty: () => {
      inbox = [];
      fleet = { seats: [] };
      changed();
    },
    refill: () => {
      inbox = makeInbox();
      fleet = makeFleet();
      lists.refill();
      changed();
    },
  };
}
