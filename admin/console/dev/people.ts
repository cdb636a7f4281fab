import { Hono } from 'hono';
import type { AuditAct, AuditFacts } from '../../audit-acts.ts';
import type { Role } from '../../console-wire.ts';
import type { AuditPage, DayPassList, Figures, PeopleList, PersonLine } from '../../people/wire.ts';

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
const today = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(new Date().setHours(hours, minutes, 0, 0)).toISOString();
};

const line = (name: string, role: Role, more: Partial<PersonLine> = {}): PersonLine => ({
  id: name,
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@school.example`,
  role,
  state: 'active',
  secondFactor: 'set-up',
  lastSignInAt: ago(3),
  mayChange: true,
  ...more,
});

/** People, day passes, audit and figures of the made-up school; what is changed is not kept. */
export function lookAtPeople() {
  const app = new Hono();
  let secondFactor: PeopleList['secondFactor'] = 'required';
  app.get('/console/auth/ways', (c) => c.json({ google: true }));
  app.post('/console/auth/sign-in/day-pass', (c) =>
    c.json({ code: 'WRONG_CODE', message: 'This code opens nothing.' }, 401),
  );
  app.get('/console/api/people', (c) =>
    c.json({
      secondFactor,
      roles: ['slt', 'dsl', 'coordinator', 'teacher', 'teaching-assistant', 'office', 'governor'],
      breakGlass: { tells: 'Ellen Marsh', madeAt: ago(900) },
      people: [
        line('Amina Reed', 'principal', { mayChange: false, lastSignInAt: ago(0.2) }),
        line('Ellen Marsh', 'dsl'),
        line('Grace Adeyemi', 'teacher', { lastSignInAt: ago(26) }),
        line('Jo Park', 'teacher', { state: 'first-password', secondFactor: 'missing', lastSignInAt: null }),
        line('Priya Shah', 'network-manager', { lastSignInAt: ago(70) }),
        line('Sunita Rao', 'office', { secondFactor: 'not-needed' }),
        line('Tom Hartley', 'coordinator'),
        line('Will Okoro', 'governor', { state: 'deactivated', secondFactor: 'not-needed' }),
      ],
    } satisfies PeopleList),
  );
  app.post('/console/api/people', (c) => c.json({ oneTimePassword: 'k7mq-w2xe-p9ht-4zcf' }));
  app.post('/console/api/people/:id/reset', (c) => c.json({ oneTimePassword: 'k7mq-w2xe-p9ht-4zcf' }));
  app.post('/console/api/people/:id/:act', (c) => c.json({ ok: true }));

  app.get('/console/api/day-passes', (c) =>
    c.json({
      schoolEndsAt: today('23:30'),
      groups: ['R Owl', '1 Elm', '2B', '3 Beech', '4 Ash', '5 Oak', '7 Curie', '8 Newton'].map((name) => ({
        id: name,
        name,
      })),
      passes: [
        {
          id: '1',
          name: 'David Okoro',
          groups: ['2B', '5 Oak'],
          endsAt: today('23:30'),
          givenBy: 'Sunita Rao',
          state: 'in-use',
        },
        {
          id: '2',
          name: 'Mary Hale',
          groups: ['8 Newton'],
          endsAt: today('12:00'),
          givenBy: 'Sunita Rao',
          state: 'ended',
        },
      ],
    } satisfies DayPassList),
  );
  app.post('/console/api/day-passes', (c) => c.json({ code: 'r4ne-8kwp-2mtx-vq6s' }));
  app.post('/console/api/day-passes/:id/code', (c) => c.json({ code: 'r4ne-8kwp-2mtx-vq6s' }));
  app.post('/console/api/day-passes/:id/end', (c) => c.json({ ok: true }));

  app.get('/console/api/audit', (c) =>
    c.json({
      people: [
        { id: 'Amina Reed', name: 'Amina Reed' },
        { id: 'Sunita Rao', name: 'Sunita Rao' },
      ],
      acts: ['gave-day-pass', 'reveal', 'signed-in'],
      more: true,
      rows: (
        [
          ['Sunita Rao', 'gave-day-pass', { name: 'David Okoro', classes: ['2B', '5 Oak'], until: ago(-4) }],
          [
            'Grace Adeyemi',
            'started-lesson',
            { classes: ['2B'], lesson: 'directly-supervised', siteCount: 3, bundles: 0, until: ago(-1) },
          ],
          [
            'command line',
            'published-policy',
            {
              version: `1.${ago(0.4)}`,
              changed: 'Timetable: 12 hours, 3 holidays.',
              why: 'The new timetable of the spring term.',
            },
          ],
          [
            'Ana Costa',
            'agreed-unblock',
            { classes: ['8 Newton'], sites: ['reddit.com/r/askscience'], until: ago(-900) },
          ],
          ['Ellen Marsh', 'reveal', { report: ago(0.6) }],
          ['somebody unknown', 'sign-in-failed', { way: 'password' }],
          [
            'Amina Reed',
            'changed-role',
            { name: 'Jo Park', roleBefore: 'teaching-assistant', role: 'teacher' },
          ],
          ['Amina Reed', 'signed-in', { way: 'second-factor' }],
          ['endpoint', 'ended-day-pass', { name: 'Mary Hale' }],
          ['break-glass account', 'used-break-glass', {}],
        ] satisfies [string, AuditAct, AuditFacts][]
      ).map(([by, act, facts], at) => ({
        number: 900 - at,
        at: ago(at * 5 + 0.1),
        by,
        act,
        facts,
        item: null,
      })),
    } satisfies AuditPage),
  );
  app.get('/console/api/figures', (c) =>
    c.json({
      since: null,
      weeks: Array.from({ length: 12 }, (_, back) => ({
        monday: new Date(Date.parse('2026-11-16') - back * 7 * 86_400_000).toISOString().slice(0, 10),
        reports: {
          ordinary: (back * 7) % 19 < 3 ? null : (back * 7) % 19,
          soon: back % 3 ? null : 4,
          now: null,
        },
        minutesToFirstLook: back === 8 ? null : [4, 26, 190, 9, 2_900][back % 5],
        requests: 12 + ((back * 5) % 23),
        requestsAnswered: 9 + ((back * 5) % 20),
        lessons: 1_204 - back * 31,
        openings: 40 + back,
      })) as Figures['weeks'],
    } satisfies Figures),
  );
  return {
    app,
    switchFactorOff: () => {
      secondFactor = 'off';
    },
  };
}
