import { parseAddress } from './address.ts';
import { addressAt } from './address-at.ts';
import { judge, whyPackaged } from './decide.ts';
import type { Documents } from './documents.ts';
import type { Lesson } from './orders.ts';
import type { EntryLine } from './policy.ts';
import type { Named } from './read-lines.ts';
import { type EngineId, engines } from './search-engines.ts';
import type { Standing } from './standing.ts';
import type { ClosedReason } from './verdict.ts';

/** One page that a child can go to now. */
export type Tile = { title: string; address: string };

/** Tiles that belong together. Moments in device milliseconds. */
export type Shelf = { tiles: Tile[] } & (
  | { what: 'lesson' | 'granted' | 'services' }
  | { what: 'homework'; task: string; by: string; due: number }
  | { what: 'list'; title: string }
);

/** What is open now, until when, and who leads: all that the start page shows (issue 4.9). */
export type OpenNow = {
  /** Why there is nothing to go to; null if there is. */
  shut: Extract<
    ClosedReason,
    { code: 'not-known-yet' | 'suspended-until' | 'eyes-up' | 'watch-the-board' | 'no-adult-yet' }
  > | null;
  /** The adult who is there now, and until when; `title` is the hour's own, from the timetable. */
  led: { by: string; until: number; title?: string } | null;
  shelves: Shelf[];
  /** A search engine that is open at this stage. */
  search: Tile | null;
  /** All but what the school closes is open besides. */
  isWide: boolean;
};

/** A list of thousands is for the search engine, not for tiles. */
const MOST_TILES = 60;

/**
 * Bundles whose pages begin somewhere else: documents are opened from a drive or a classroom, and have no page of their
 * own to begin at.
 */
const withoutFrontDoor: readonly string[] = ['google-docs'];

const frontDoors: Record<EngineId, string> = {
  google: 'https://www.google.com/',
  bing: 'https://www.bing.com/',
  duckduckgo: 'https://duckduckgo.com/',
  yahoo: 'https://search.yahoo.com/',
};

/** Reads one standing as a child's start page. No tile leads to a page that is closed: each is judged. */
export function openNow(documents: Documents, standing: Standing): OpenNow {
  const { lesson, hour, access, focus, supervised } = standing;
  const shelves = shelvesOf(documents, standing);
  const shut = whyShut(standing, shelves);
  const leads = lesson && lesson.kind !== 'demonstration' ? leadsOf(lesson) : null;
  return {
    shut,
    led:
      leads ??
      (hour && supervised ? { by: hour.hour.adult, until: hour.endsAt, title: hour.hour.title } : null),
    shelves: shut ? [] : shelves,
    search: shut ? null : searchOf(documents, standing),
    isWide: access === 'filtered' && !focus && !shut,
  };
}

const leadsOf = ({ adult, endsAt }: Lesson) => ({ by: adult, until: Date.parse(endsAt) });

function whyShut(standing: Standing, shelves: readonly Shelf[]): OpenNow['shut'] {
  if (!standing.known) return { code: 'not-known-yet' };
  if (standing.suspendedUntil !== null) return { code: 'suspended-until', until: standing.suspendedUntil };
  if (standing.eyesUp) return { code: 'eyes-up', by: standing.eyesUp.by };
  if (standing.lesson?.kind === 'demonstration') return { code: 'watch-the-board' };
  if (shelves.length > 0) return null;
  const why = whyPackaged(standing);
  // A lesson whose sites are all shut by something higher is one that has not begun, to a child.
  return why === 'not-approved'
    ? standing.access === 'closed'
      ? { code: 'no-adult-yet' }
      : null
    : { code: why };
}

/** What a lesson or a grant opens comes first; then the school's own lists and services. Nothing stands twice. */
function shelvesOf(documents: Documents, standing: Standing): Shelf[] {
  const { policy, orders } = documents;
  const { lesson, granted, approved, focus } = standing;
  const from = namedByOrigin([...granted, ...(focus ? [] : approved)]);
  const seen = new Set<string>();
  const tiles = (origin: string, lines: readonly EntryLine[]): Tile[] =>
    openTiles(documents, standing, from.get(origin) ?? [], titlesIn(lines), seen);
  const services = (policy?.bundles ?? []).flatMap((bundle): { id: string; tile: Tile }[] => {
    if (withoutFrontDoor.includes(bundle.id)) return [];
    const pages = from.get(bundle.id) ?? [];
    const whole = pages.filter(({ entry }) => entry.path === undefined && entry.query.length === 0);
    const [first] = openTiles(documents, standing, whole.length > 0 ? whole : pages, new Map(), new Set());
    return first ? [{ id: bundle.id, tile: { ...first, title: bundle.title } }] : [];
  });
  const once = (tile: Tile): boolean => {
    if (seen.has(tile.address)) return false;
    seen.add(tile.address);
    return true;
  };
  const ofLesson = services.filter(({ id }) => lesson?.bundles.includes(id)).map(({ tile }) => tile);
  const grants = (orders?.grants ?? []).filter(({ id }) => from.has(`grant:${id}`));
  const lists = focus ? [] : (policy?.lists ?? []).filter(({ says }) => says === 'open');
  const shelves: Shelf[] = [
    ...(lesson
      ? [
          {
            what: 'lesson' as const,
            tiles: [...tiles(`lesson:${lesson.id}`, lesson.sites), ...ofLesson.filter(once)],
          },
        ]
      : []),
    ...grants.flatMap(({ id, homework, by, endsAt, entries }) =>
      homework
        ? [
            {
              what: 'homework' as const,
              task: homework.task,
              by,
              due: Date.parse(endsAt),
              tiles: tiles(`grant:${id}`, entries),
            },
          ]
        : [],
    ),
    {
      what: 'granted',
      tiles: grants.flatMap(({ id, homework, entries }) => (homework ? [] : tiles(`grant:${id}`, entries))),
    },
    ...lists.map(({ id, title, entries }) => ({ what: 'list' as const, title, tiles: tiles(id, entries) })),
    { what: 'services', tiles: services.map(({ tile }) => tile).filter(once) },
  ];
  return shelves.filter((shelf) => shelf.tiles.length > 0);
}

/** In the order in which they are named; an address that stands on an earlier shelf is left out. */
function openTiles(
  documents: Documents,
  standing: Standing,
  named: readonly Named[],
  titles: ReadonlyMap<string, string>,
  seen: Set<string>,
): Tile[] {
  const tiles: Tile[] = [];
  for (const { entry, text } of named) {
    if (tiles.length >= MOST_TILES) break;
    const address = entry.query.some(({ prefix }) => prefix) ? null : addressAt(entry);
    if (!address || seen.has(address.href) || !judge(standing, documents, address).open) continue;
    seen.add(address.href);
    tiles.push({ title: titles.get(text) ?? entry.host.replace(/^www\./, ''), address: address.href });
  }
  return tiles;
}

function namedByOrigin(named: readonly Named[]): Map<string, Named[]> {
  const by = new Map<string, Named[]>();
  for (const one of named) {
    const same = by.get(one.from);
    if (same) same.push(one);
    else by.set(one.from, [one]);
  }
  return by;
}

const titlesIn = (lines: readonly EntryLine[]): Map<string, string> =>
  new Map(lines.flatMap(({ entry, title }) => (title ? [[entry, title] as const] : [])));

/** The first engine that is open, in the school's order. */
function searchOf(documents: Documents, standing: Standing): Tile | null {
  for (const id of standing.engines ?? []) {
    const address = parseAddress(frontDoors[id]);
    if (address && judge(standing, documents, address).open)
      return { title: engines[id].title, address: frontDoors[id] };
  }
  return null;
}
