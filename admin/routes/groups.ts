import { type Context, Hono } from 'hono';
import { policyNow } from '../documents-now.ts';
import { changeGroup, type GroupChanged } from '../groups/by-hand.ts';
import { allClasses, pupilsIn } from '../groups/classes.ts';
import { type By, keepClassList, readImported } from '../groups/keep.ts';
import { readMapped } from '../groups/mapped.ts';
import { endNeed, keepNeed, liveNeeds, needNotGrantable } from '../groups/needs.ts';
import { readNightly } from '../groups/nightly.ts';
import { readOneRoster } from '../groups/oneroster.ts';
import { type Plan, planOf } from '../groups/plan.ts';
import { liftSuspension, suspend } from '../groups/suspensions.ts';
import {
  ById,
  ChangeGroup,
  type GroupLines,
  type GroupPage,
  ImportClasses,
  type ImportRefused,
  type ImportSaid,
  SetNeed,
  SuspendPupil,
} from '../groups/wire.ts';
import { malformed, notFound, refuse } from '../refusal.ts';
import { may } from '../roles.ts';
import { writeAudit } from '../store/audit.ts';
import type { Writing } from '../store/tables.ts';
import { bodyOf, sayIssue } from './asked.ts';
import type { ConsoleEnv, ConsoleParts } from './console-parts.ts';

type Parts = Pick<ConsoleParts, 'store' | 'now' | 'listsOf'> & {
  newId: () => string;
  /** Somebody's orders may say something else now. */
  changed: () => void;
};

/** Classes, their pupils and teachers; what holds for one pupil alone. Who may call what: `deeds.ts`. */
export function groupRoutes({ store, now, newId, listsOf, changed }: Parts) {
  const app = new Hono<ConsoleEnv>();
  app.get('/groups', async (c) => {
    const [classes, teaches, nightly] = await Promise.all([
      policyNow(store).then((policy) => allClasses(store, policy)),
      store.selectFrom('teaches').select('group').execute(),
      readNightly(store),
    ]);
    const lines: GroupLines = {
      groups: classes.map((one) => ({
        ...one,
        teachers: teaches.filter(({ group }) => group === one.id).length,
      })),
      nightly: nightly && {
        path: nightly.path,
        checkedAt: nightly.checkedAt,
        said: nightly.said,
        waiting: nightly.waiting,
      },
    };
    return c.json(lines);
  });

  app.get('/groups/:id', async (c) => {
    const found = (await allClasses(store, await policyNow(store))).find(
      ({ id }) => id === c.req.param('id'),
    );
    if (!found) return notFound(c);
    const person = c.get('person');
    const page: GroupPage = {
      id: found.id,
      name: found.name,
      stage: found.stage,
      source: found.source,
      ...(await membersOf(store, found.id, may(person.role, 'care-for-pupils'), now())),
    };
    // Names of children were shown: that stands in the log.
    await writeAudit(store, [
      { at: now(), person: person.id, by: person.name, act: 'saw-class', facts: { classes: [found.id] } },
    ]);
    return c.json(page);
  });

  app.post('/groups', async (c) => {
    const asked = ChangeGroup.safeParse(await bodyOf(c));
    if (!asked.success) return malformed(c, sayIssue(asked.error));
    const done = await changeGroup(store, await policyNow(store), asked.data, byOf(c), now());
    if (!done.ok) return refuseChange(c, done);
    changed();
    return c.json({ group: done.group });
  });

  app.post('/groups/import', async (c) => {
    const asked = ImportClasses.safeParse(await bodyOf(c));
    if (!asked.success) return malformed(c, sayIssue(asked.error));
    const { format, columns, apply } = asked.data;
    const files = asked.data.files.map(({ name, base64 }) => ({
      name,
      bytes: new Uint8Array(Buffer.from(base64, 'base64')),
    }));
    const [first] = files;
    if (format === 'csv' && (files.length !== 1 || !first))
      return malformed(c, 'One CSV file at a time; OneRoster has several.');
    const named = Object.fromEntries(Object.entries(columns).filter(([, column]) => column !== undefined));
    const read = format === 'csv' && first ? readMapped(first, named) : readOneRoster(files);
    if (!read.ok) {
      const refused: ImportRefused = {
        code: read.code,
        message: 'The file is refused; nothing was changed.',
        issues: read.issues,
      };
      return c.json(refused, 422);
    }
    const plan = apply
      ? await keepClassList(store, read.list, byOf(c), now())
      : planOf(read.list, await readImported(store));
    if (apply) changed();
    return c.json(saidOf(plan, apply));
  });

  app.post('/pupils/suspensions', async (c) => {
    const asked = SuspendPupil.safeParse(await bodyOf(c));
    if (!asked.success) return malformed(c, sayIssue(asked.error));
    const done = await suspend(store, { id: newId(), ...asked.data }, byOf(c), now());
    if (!done.ok) return refuse(c, done.code === 'no-pupil' ? 404 : 422, done.code, done.problem);
    changed();
    return c.json({ id: done.id });
  });

  app.post('/pupils/suspensions/lift', async (c) => {
    const asked = ById.safeParse(await bodyOf(c));
    if (!asked.success) return malformed(c, sayIssue(asked.error));
    if (!(await liftSuspension(store, asked.data.id, byOf(c), now()))) return notFound(c);
    changed();
    return c.json({ id: asked.data.id });
  });

  app.post('/pupils/needs', async (c) => {
    const asked = SetNeed.safeParse(await bodyOf(c));
    if (!asked.success) return malformed(c, sayIssue(asked.error));
    const { account, reviewer, reason, reviewBy, direction, categories, entries, access } = asked.data;
    const person = c.get('person');
    if (direction === 'wider') {
      const wrong = await needNotGrantable(
        store,
        listsOf,
        { account, entries: entries ?? [] },
        person,
        now(),
      );
      if (wrong) return refuse(c, wrong.status, wrong.code, wrong.message);
    }
    const id = `need-${newId().slice(0, 8)}`;
    const done = await keepNeed(
      store,
      {
        account,
        reviewer,
        overlay: {
          id,
          direction,
          reason,
          reviewBy,
          by: { role: careRole(person.role), name: person.name },
          ...(categories?.length ? { categories } : {}),
          ...(entries?.length ? { entries } : {}),
          ...(access ? { access } : {}),
        },
      },
      byOf(c),
      now(),
    );
    if (!done.ok) {
      const [first] = done.issues;
      return refuse(c, done.code === 'no-pupil' ? 404 : 422, done.code, `${first?.path}: ${first?.problem}`);
    }
    changed();
    return c.json({ id });
  });

  app.post('/pupils/needs/end', async (c) => {
    const asked = ById.safeParse(await bodyOf(c));
    if (!asked.success) return malformed(c, sayIssue(asked.error));
    if (!(await endNeed(store, asked.data.id, byOf(c), now()))) return notFound(c);
    changed();
    return c.json({ id: asked.data.id });
  });

  return app;
}

const byOf = (c: Context<ConsoleEnv>): By => {
  const { id, name } = c.get('person');
  return { person: id, name };
};

/** Whoever may care for pupils stands in the grant table under a role that it knows. */
const careRole = (role: string) => (role === 'coordinator' || role === 'dsl' ? role : ('principal' as const));

const refuseChange = (c: Context, { code, problem }: Extract<GroupChanged, { ok: false }>) =>
  refuse(
    c,
    code === 'no-group' || code === 'no-pupil' ? 404 : code === 'known-group' ? 409 : 422,
    code,
    problem,
  );

const saidOf = (plan: Plan, applied: boolean): ImportSaid => ({
  applied,
  ...plan,
  joiners: plan.joiners.map(({ account, name }) => ({ account, name })),
  movers: plan.movers.map(({ account, name, from, to }) => ({ account, name, from, to })),
});

async function membersOf(
  store: Writing,
  group: string,
  mayCare: boolean,
  now: Date,
): Promise<Pick<GroupPage, 'pupils' | 'teachers' | 'mayCare'>> {
  const [pupils, teachers, suspensions, needs, reviewers] = await Promise.all([
    pupilsIn(store, group),
    store
      .selectFrom('teaches')
      .leftJoin('people', 'people.email', 'teaches.email')
      .select(['teaches.email', 'teaches.source', 'people.name'])
      .where('teaches.group', '=', group)
      .orderBy('teaches.email')
      .execute(),
    store
      .selectFrom('suspensions')
      .select(['id', 'account', 'endsAt', 'reason', 'by'])
      .where('liftedAt', 'is', null)
      .where('endsAt', '>', now.toISOString())
      .execute(),
    liveNeeds(store),
    store.selectFrom('needs').select(['id', 'reviewer']).where('endedAt', 'is', null).execute(),
  ]);
  const reviewerOf = new Map(reviewers.map(({ id, reviewer }) => [id, reviewer]));
  return {
    mayCare,
    teachers: teachers.map(({ email, source, name }) => ({ email, name, source })),
    pupils: pupils.map(({ account, name, source }) => {
      const suspension = suspensions.find((one) => one.account === account);
      return {
        account,
        name,
        source,
        // What a pupil needs, and why access is withdrawn, is for those who care for pupils.
        suspension:
          mayCare && suspension
            ? { id: suspension.id, endsAt: suspension.endsAt, reason: suspension.reason, by: suspension.by }
            : null,
        needs: mayCare
          ? (needs.get(account) ?? []).map(
              ({ id, direction, reason, reviewBy, categories, entries, access }) => ({
                id,
                direction,
                says: [
                  ...(categories ?? []),
                  ...(entries ?? []).map(({ entry }) => entry),
                  ...(access?.alone ? [`alone: ${access.alone}`] : []),
                  ...(access?.supervised ? [`with an adult: ${access.supervised}`] : []),
                ].join(', '),
                reason,
                reviewBy,
                reviewer: reviewerOf.get(id) ?? '',
              }),
            )
          : [],
      };
    }),
  };
}
