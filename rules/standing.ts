import { type CategoryId, categories, categoryIds } from './categories.ts';
import type { Documents } from './documents.ts';
import { essentialHosts } from './essential.ts';
import { helpHosts } from './help.ts';
import { isListFor } from './list-for.ts';
import type { Grant, Lesson, Orders, Scope } from './orders.ts';
import { applyOverlays, overlayEnds, policyHere } from './overlays.ts';
import type { Bundle, EntryLine, Policy, SchoolList, StageRules } from './policy.ts';
import { hostsRead, type Named, readLines, type Unread } from './read-lines.ts';
import { type EngineId, engineIds } from './search-engines.ts';
import type { Situation } from './situation.ts';
import { type Access, isEarlyYears, isPupil } from './stages.ts';
import { nextBell, type Supervised, supervisedHour } from './timetable.ts';

/**
 * What holds for one situation: the documents, read for this pupil at this moment. `decide` and `compile` both start
 * here and from nothing else, so that what the console previews is what Chrome enforces (promise 7).
 */
export type Standing = {
  access: Access;
  supervised: boolean;
  lesson: Lesson | null;
  /** The hour of the timetable that supervises without a tap; null in a lesson, which says more. */
  hour: Supervised | null;
  /** The adult has asked for eyes: every page is covered until she lets the class go on. */
  eyesUp: { by: string } | null;
  /** The lesson closes all but its sites and, where it is directed, the platform (tier focus). */
  focus: boolean;
  /** Who may be told the truth about why: until settings and policy are there, nothing is known. */
  known: boolean;
  suspendedUntil: number | null;
  guarded: boolean;
  /** Search engines that are held to their strictest setting; all others are closed. Null where none is. */
  engines: EngineId[] | null;
  essential: { host: string; reason: string }[];
  help: string[];
  locked: Named[];
  blocked: Named[];
  granted: Named[];
  approved: Named[];
  /** Hosts that may be framed inside approved and granted pages. */
  frames: string[];
  /** Pages whose every frame may load, for the reason that their entry gives. */
  anyFrames: Named[];
  lockedCategories: CategoryId[];
  closedAlways: CategoryId[];
  /** Without those that are closed always. */
  closedAlone: CategoryId[];
  unread: Unread[];
  /** When this stops being true, in device milliseconds: the next start or end of anything. */
  holdsUntil: number | null;
};

const nothing: StageRules = { alone: 'closed', supervised: 'closed', closedAlways: [], closedAlone: [] };

/** Reads the documents for one situation. */
export function standingOf(documents: Documents, situation: Situation): Standing {
  const { orders } = documents;
  const { stage, now } = situation;
  const policy = policyHere(documents.policy, orders, situation);
  const overlaid = applyOverlays(
    policy && stage !== 'unknown' ? policy.stages[stage] : nothing,
    policy,
    situation,
  );
  const { rules } = overlaid;
  const current = orders && Date.parse(orders.expiresAt) > now ? orders : null;
  const lesson = policy && current ? liveLesson(current, situation) : null;
  const hour = policy && !lesson ? supervisedHour(policy.timetable, policy.timeZone, situation) : null;
  // A demonstration is watched on the board: pupils' seats stay closed (issue 4.3, FIELD A1).
  const lessonOpens = lesson !== null && lesson.kind !== 'demonstration';
  const reaching = grantsFor(current, situation);
  const grants = reaching.filter(
    // At EYFS and KS1 nothing opens for a class without its adult: only the one seat that somebody opened (FIELD A1).
    ({ scope }) => !isEarlyYears(stage) || lessonOpens || (scope.seats && !scope.groups),
  );
  const adultThere =
    lesson !== null
      ? lessonOpens
      : hour !== null || grants.some(({ homework }) => homework?.opens === 'supervised');
  const supervised = adultThere && !isEarlyYears(stage);
  const access = effectiveAccess(documents, situation, supervised ? rules.supervised : rules.alone);
  const unread: Unread[] = [];
  const read = (lines: readonly EntryLine[], from: string) => readLines(lines, from, now, unread);
  const mine = policy ? policy.lists.filter((list) => isFor(list, situation)) : [];
  const listed = (says: SchoolList['says']) =>
    mine.filter((list) => list.says === says).flatMap((list) => read(list.entries, list.id));
  const isDirected = lesson?.kind === 'directed';
  // Directly supervised is exactly the lesson's sites; directed lets the platform stay (issue 4.3, FIELD A2).
  const focus = (isDirected || lesson?.kind === 'directly-supervised') && !isEarlyYears(stage);
  const lessonBundles =
    lessonOpens && policy
      ? bundlesById(policy, [...lesson.bundles, ...(focus && isDirected ? policy.platform : [])])
      : [];
  const grantBundles = policy
    ? bundlesById(
        policy,
        grants.flatMap(({ bundles = [] }) => bundles),
      )
    : [];
  // At EYFS and KS1 the web is closed, and a lesson opens its own sites only: no list opens by itself (FIELD A1).
  const opensAlone = access !== 'closed';
  const stageBundles = opensAlone && policy ? policy.bundles : [];
  const closings = (orders?.closings ?? []).map(({ entry, reason }) => ({ entry, reason }));
  const suspension = orders?.suspensions.find(
    // Orders are one seat's own: where no account is known, whom they suspend is whoever sits there.
    ({ pupil, endsAt }) =>
      (situation.pupil === undefined || isSamePupil(pupil, situation)) && Date.parse(endsAt) > now,
  );
  const granted = [
    ...(lessonOpens ? read(lesson.sites, `lesson:${lesson.id}`) : []),
    ...lessonBundles.flatMap((bundle) => read(bundle.pages, bundle.id)),
    ...grants.flatMap((grant) => read(grant.entries, `grant:${grant.id}`)),
  ];
  const approved = [
    ...(opensAlone ? listed('open') : []),
    ...(opensAlone ? overlaid.open.flatMap(({ lines, from }) => read(lines, from)) : []),
    ...stageBundles.flatMap((bundle) => read(bundle.pages, bundle.id)),
  ];
  return {
    access,
    supervised,
    lesson,
    hour,
    eyesUp: eyesUpBy(lesson, reaching),
    focus,
    known: policy !== null && stage !== 'unknown',
    suspendedUntil: suspension ? Date.parse(suspension.endsAt) : null,
    guarded: isPupil(stage),
    engines: isPupil(stage) ? enginesFor(policy, stage) : null,
    essential: [
      ...essentialHosts,
      ...(policy?.essential ?? []).flatMap(({ host, reason }) =>
        hostsRead([host], 'essential', unread).map((read) => ({ host: read, reason })),
      ),
      ...(documents.endpointHost
        ? [{ host: documents.endpointHost, reason: 'the school’s Keystage endpoint' }]
        : []),
    ],
    help: isEarlyYears(stage)
      ? []
      : [
          ...helpHosts,
          ...hostsRead(policy?.help.flatMap(({ host }) => (host ? [host] : [])) ?? [], 'help', unread),
        ],
    // An urgent closing wins over lessons and grants: what is harmful must shut also where it was opened (FIELD I10).
    locked: [...listed('locked'), ...read(closings, 'urgent')],
    blocked: [...listed('closed'), ...overlaid.closed.flatMap(({ lines, from }) => read(lines, from))],
    granted,
    approved,
    frames:
      policy && (opensAlone || lessonOpens || grants.length > 0)
        ? [
            ...hostsRead(
              policy.embeds.map(({ host }) => host),
              'embeds',
              unread,
            ),
            ...[...stageBundles, ...lessonBundles, ...grantBundles].flatMap(({ id, frames }) =>
              hostsRead(frames, id, unread),
            ),
          ]
        : [],
    anyFrames: embedsAny(policy, lesson, [...granted, ...approved]),
    lockedCategories: categoryIds.filter((id) => categories[id].class === 'illegal'),
    closedAlways: rules.closedAlways.filter((id) => categories[id].class !== 'illegal'),
    closedAlone: rules.closedAlone.filter(
      (id) => !rules.closedAlways.includes(id) && categories[id].class !== 'illegal',
    ),
    unread,
    holdsUntil: nextChange(policy, orders, situation),
  };
}

/** FIELD SE1: the engines that the school names for a stage; if it names none, all that can be made safe. */
const enginesFor = (policy: Policy | null, stage: Situation['stage']): EngineId[] =>
  (stage !== 'unknown' && policy?.search?.[stage]) || engineIds;

/** `filtered` opens only when its lists are in force; until then only what is named opens (DESIGN §7). */
function effectiveAccess(documents: Documents, situation: Situation, access: Access): Access {
  if (situation.stage === 'unknown' || !documents.policy) return 'closed';
  return access === 'filtered' && !documents.listsInForce ? 'approved' : access;
}

/** The newest lesson that reaches this pupil: two never add up (issue 4.2). */
function liveLesson(orders: Orders, { groups, seat, now }: Situation): Lesson | null {
  const live = orders.lessons.filter(
    (lesson) =>
      (lesson.groups.some((group) => groups.includes(group)) ||
        (seat !== undefined && lesson.seats?.includes(seat) === true)) &&
      Date.parse(lesson.startsAt) <= now &&
      Date.parse(lesson.endsAt) > now,
  );
  return (
    live.sort((a, b) => Date.parse(b.startsAt) - Date.parse(a.startsAt) || b.id.localeCompare(a.id))[0] ??
    null
  );
}

const grantsFor = (orders: Orders | null, situation: Situation) =>
  (orders?.grants ?? []).filter(
    ({ scope, startsAt, endsAt }) =>
      reaches(scope, situation) &&
      Date.parse(startsAt) <= situation.now &&
      Date.parse(endsAt) > situation.now,
  );

/** Who asks for eyes here: the lesson's adult, or one whose list is all that the seat has of her lesson. */
function eyesUpBy(lesson: Lesson | null, grants: readonly Grant[]): { by: string } | null {
  if (lesson?.eyesUpSince !== undefined) return { by: lesson.adult };
  const alone = grants.find(({ eyesUpSince }) => eyesUpSince !== undefined);
  return alone ? { by: alone.by } : null;
}

/** Accounts are the same whatever their case. */
const isSamePupil = (named: string, { pupil }: { pupil?: string | undefined }): boolean =>
  pupil !== undefined && named.toLowerCase() === pupil.toLowerCase();

/** Everything that a scope names must fit; a scope that names nothing reaches nobody. */
function reaches(scope: Scope, { stage, groups, pupil, seat }: Situation): boolean {
  const named = [
    scope.groups?.some((group) => groups.includes(group)),
    scope.pupils?.some((named) => isSamePupil(named, { pupil })),
    scope.seats && seat !== undefined && scope.seats.includes(seat),
    scope.stages && stage !== 'unknown' && scope.stages.includes(stage),
  ].filter((fits) => fits !== undefined);
  return named.length > 0 && named.every(Boolean);
}

/** What closes for somebody closes for an unknown pupil too; what opens needs a known one. */
const isFor = (list: SchoolList, { stage, groups }: Situation): boolean =>
  stage === 'unknown' ? list.says !== 'open' : isListFor(list, { stage, groups });

const bundlesById = (policy: Policy, ids: readonly string[]): Bundle[] =>
  policy.bundles.filter(({ id }) => ids.includes(id));

/** The pages whose entry says `embeds: any`. */
function embedsAny(policy: Policy | null, lesson: Lesson | null, open: readonly Named[]): Named[] {
  const lines = [
    ...(policy?.lists.filter(({ says }) => says === 'open').flatMap(({ entries }) => entries) ?? []),
    ...(policy?.bundles.flatMap(({ pages }) => pages) ?? []),
    ...(policy?.overlays?.flatMap(({ direction, entries = [] }) => (direction === 'wider' ? entries : [])) ??
      []),
    ...(lesson?.sites ?? []),
  ];
  const texts = new Set(lines.filter(({ embeds }) => embeds).map(({ entry }) => entry));
  return open.filter(({ text }) => texts.has(text));
}

/** The earliest moment after now at which a lesson, grant, entry, overlay, suspension or the orders begin or end. */
function nextChange(policy: Policy | null, orders: Orders | null, situation: Situation): number | null {
  const { now } = situation;
  const bell = policy && nextBell(policy.timetable, policy.timeZone, situation);
  const moments = [
    ...(orders
      ? [
          orders.expiresAt,
          ...orders.lessons.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]),
          ...orders.grants.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]),
          ...orders.suspensions.map(({ endsAt }) => endsAt),
          ...[
            ...orders.lessons.map(({ sites }) => sites),
            ...orders.grants.map(({ entries }) => entries),
          ].flatMap(ends),
        ]
      : []),
    ...(policy
      ? [...policy.lists.map(({ entries }) => entries), ...policy.bundles.map(({ pages }) => pages)].flatMap(
          ends,
        )
      : []),
    ...overlayEnds(policy),
  ]
    .map((text) => Date.parse(text))
    .filter((moment) => moment > now)
    .concat(bell ?? []);
  return moments.length > 0 ? Math.min(...moments) : null;
}

const ends = (lines: readonly EntryLine[]): string[] =>
  lines.flatMap(({ endsAt }) => (endsAt ? [endsAt] : []));
