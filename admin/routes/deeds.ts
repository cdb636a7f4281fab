import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import type { People } from '../people.ts';
import { notFound, refuse } from '../refusal.ts';
import { type Deed, may } from '../roles.ts';
import type { ConsoleEnv } from './console-parts.ts';

/**
 * One deed · one of several deeds · `everybody` who is signed in properly (own password, second factor where the role
 * needs one, a day pass that still holds) · `arriving`: signed in, whatever is still missing.
 */
export type Opens = Deed | readonly Deed[] | 'everybody' | 'arriving';

/**
 * The one table of the console's routes and who may call them. A route under `/console/api` that has no line here is
 * refused to everybody, and `tests/unit/admin/role-matrix.test.ts` is red until it has one: so a new route is its
 * handler and a line here, by method and path as Hono knows it. What is narrower than the role (own classes only) is
 * the route's own business.
 */
export const deeds: Readonly<Record<string, Opens>> = {
  'GET /me': 'arriving',
  'POST /notices/:id/seen': 'everybody',

  'GET /people': 'manage-people',
  'POST /people': 'manage-people',
  'POST /people/:id/role': 'manage-people',
  'POST /people/:id/deactivate': 'manage-people',
  'POST /people/:id/reset': 'manage-people',
  'POST /people/:id/reset-second-factor': 'manage-people',

  'GET /day-passes': 'give-day-pass',
  'POST /day-passes': 'give-day-pass',
  'POST /day-passes/:id/code': 'give-day-pass',
  'POST /day-passes/:id/end': 'give-day-pass',

  'GET /audit': 'see-audit',
  'GET /figures': 'see-figures',

  'GET /inbox': 'see-inbox',
  'POST /inbox/act': 'act-on-items',
  'GET /inbox/:id': 'see-inbox',
  'POST /inbox/:id/reveal': 'reveal',
  'GET /live': ['see-inbox', 'run-lessons', 'answer-requests'],

  'GET /groups': ['manage-classes', 'care-for-pupils'],
  'GET /groups/:id': ['manage-classes', 'care-for-pupils'],
  'POST /groups': 'manage-classes',
  'POST /groups/import': 'manage-classes',
  'POST /pupils/suspensions': 'care-for-pupils',
  'POST /pupils/suspensions/lift': 'care-for-pupils',
  'POST /pupils/needs': 'care-for-pupils',
  'POST /pupils/needs/end': 'care-for-pupils',

  'GET /requests': 'answer-requests',
  'POST /requests/:id/look': 'answer-requests',
  'POST /requests/:id/answer': 'answer-requests',
  'GET /homework': 'paste-sites',
  'POST /homework': 'paste-sites',
  'POST /homework/:id/end': 'paste-sites',

  'GET /unblocks': ['ask-unblock', 'decide-unblock'],
  'POST /unblocks': 'ask-unblock',
  'POST /unblocks/:id/decide': 'decide-unblock',
  'POST /unblocks/:id/end': ['ask-unblock', 'decide-unblock'],

  'GET /approvals': ['approve-sites', 'consent'],
  'POST /approvals': 'approve-sites',
  'POST /approvals/:id/consent': 'consent',
  'POST /approvals/:id/end': ['approve-sites', 'consent'],

  'GET /classes': 'run-lessons',
  'POST /lessons': 'run-lessons',
  'GET /lessons/:id': 'run-lessons',
  'POST /lessons/:id': 'run-lessons',
  'GET /lessons/:id/seats': 'run-lessons',

  'GET /timetable': ['manage-classes', 'care-for-pupils'],
  'POST /timetable/import': 'publish-policy',

  'GET /lists': 'manage-lists',
  'GET /lists/:id/waiting': 'manage-lists',
  'POST /lists/:id/settle': 'manage-lists',
  'POST /lists/:id/except': 'manage-lists',

  'GET /fleet': 'see-fleet',
  'GET /verdict': 'test-addresses',
  'POST /verdict': 'test-addresses',
};

/** Where the table's paths begin. */
export const deedsBegin = '/console/api';

/**
 * Stands before every route of the console: finds the route that will answer, and lets through whom the table names.
 * Who is refused learns nothing of what there is: the answer depends on the person and the route's pattern alone.
 */
export const requireByTable = (people: People) =>
  createMiddleware<ConsoleEnv>(async (c, next) => {
    const person = await people.whoAsks(c.req.raw.headers);
    if (!person) return refuse(c, 401, 'signed-out', 'Please sign in.');
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
    const route = matchedRoutes(c).find(
      (one) => one.method === method && one.path.startsWith(`${deedsBegin}/`),
    );
    if (!route) return notFound(c);
    const opens = deeds[`${method} ${route.path.slice(deedsBegin.length)}`];
    if (opens !== 'arriving') {
      if (person.mustChangePassword)
        return refuse(c, 403, 'must-change-password', 'Please choose a password of your own first.');
      if (person.lacksSecondFactor)
        return refuse(c, 403, 'second-factor-missing', 'Please set up your second factor first.');
    }
    if (!mayCall(person.role, opens))
      return refuse(c, 403, 'not-your-role', 'Your role does not include this.');
    c.set('person', person);
    await next();
  });

/** Whether a role, signed in properly, may call what the table says; nobody what it does not say. */
export function mayCall(role: Parameters<typeof may>[0], opens: Opens | undefined): boolean {
  if (opens === undefined) return false;
  if (opens === 'everybody' || opens === 'arriving') return true;
  return [opens].flat().some((deed) => may(role, deed));
}
