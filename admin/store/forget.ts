import type { Writing } from './tables.ts';

const DAY_MS = 86_400_000;

/**
 * How many days after its end each thing is kept; `docs/privacy.md` says the same. What was done, by whom and when
 * stays in the audit for its six years, without a pupil's name.
 */
const keptDays = {
  /** A leaver who was left out of one night's file by mistake comes back with everything. */
  pupilsWhoLeft: 30,
  /** A year and a term, as lessons: last year's unit is found again. */
  openings: 500,
  /** What held for one pupil: a year, for the review after it. */
  ofOnePupil: 365,
  dayPasses: 500,
  /** Why a site was approved, and who consented: as long as the audit. */
  approvalsAndStaff: 6 * 365,
  notices: 30,
} as const;

/** Deletes what lessons, classes and people left behind, once nobody needs it. `requests`: the policy's days. */
export async function forgetWhatIsOver(writing: Writing, now: Date, requests: number): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  await forgetPupils(writing, before);
  await forgetOpenings(writing, before, requests);
  await forgetPeople(writing, before);
}

type Before = (days: number) => string;

async function forgetPupils(writing: Writing, before: Before): Promise<void> {
  const left = writing
    .selectFrom('pupils')
    .select('account')
    .where('leftAt', '<', before(keptDays.pupilsWhoLeft));
  await writing.deleteFrom('needs').where('account', 'in', left).execute();
  await writing.deleteFrom('suspensions').where('account', 'in', left).execute();
  await writing.deleteFrom('memberships').where('account', 'in', left).execute();
  await writing.deleteFrom('pupils').where('leftAt', '<', before(keptDays.pupilsWhoLeft)).execute();
  await writing.deleteFrom('needs').where('endedAt', '<', before(keptDays.ofOnePupil)).execute();
  await writing.deleteFrom('suspensions').where('endsAt', '<', before(keptDays.ofOnePupil)).execute();
  await writing.deleteFrom('groups').where('endedAt', '<', before(keptDays.openings)).execute();
}

async function forgetOpenings(writing: Writing, before: Before, requests: number): Promise<void> {
  // Its answer belongs to the request, which has the policy's days.
  await writing
    .deleteFrom('grants')
    .where('kind', '=', 'request')
    .where('endsAt', '<', before(requests))
    .execute();
  await writing.deleteFrom('grants').where('endsAt', '<', before(keptDays.openings)).execute();
  await writing.deleteFrom('unblocks').where('endsAt', '<', before(keptDays.openings)).execute();
  await writing.deleteFrom('approvals').where('endedAt', '<', before(keptDays.approvalsAndStaff)).execute();
  await writing
    .deleteFrom('approvals')
    .where('state', '=', 'refused')
    .where('consentAt', '<', before(keptDays.approvalsAndStaff))
    .execute();
}

async function forgetPeople(writing: Writing, before: Before): Promise<void> {
  await writing.deleteFrom('notices').where('seenAt', '<', before(keptDays.notices)).execute();
  const passes = await writing
    .deleteFrom('dayPasses')
    .where('endsAt', '<', before(keptDays.dayPasses))
    .returning('person')
    .execute();
  const held = passes.map(({ person }) => person);
  if (held.length > 0)
    await writing.deleteFrom('people').where('kind', '=', 'day-pass').where('id', 'in', held).execute();
  await writing
    .deleteFrom('people')
    .where('deactivatedAt', '<', before(keptDays.approvalsAndStaff))
    .where('kind', '=', 'staff')
    .where('id', 'not in', writing.selectFrom('breakGlass').select('tells'))
    .execute();
}
