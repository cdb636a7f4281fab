import {
  House as AtHome,
  BadgeCheck,
  ChartNoAxesColumn,
  GraduationCap,
  Hand,
  Inbox,
  KeyRound,
  Laptop,
  ListChecks,
  LockOpen,
  type LucideIcon,
  Presentation,
  ScanSearch,
  ScrollText,
  Ticket,
  Users,
} from 'lucide-preact';
import type { ComponentType } from 'preact';
import type { Me } from '../../console-wire.ts';
import { type Deed, may } from '../../roles.ts';
import type { House } from './house.ts';
import { ApprovalsPage } from './pages/approvals.tsx';
import { AuditPage } from './pages/audit.tsx';
import { ClassListsPage } from './pages/class-lists.tsx';
import { DayPassesPage } from './pages/day-passes.tsx';
import { FiguresPage } from './pages/figures.tsx';
import { GroupPage } from './pages/group.tsx';
import { GroupsPage } from './pages/groups.tsx';
import { HomeworkPage } from './pages/homework.tsx';
import { InboxPage } from './pages/inbox.tsx';
import { ItemPage } from './pages/item.tsx';
import { LessonPage } from './pages/lesson.tsx';
import { LessonsPage } from './pages/lessons.tsx';
import { ListsPage } from './pages/lists.tsx';
import { Password } from './pages/password.tsx';
import { PeoplePage } from './pages/people.tsx';
import { RequestsPage } from './pages/requests.tsx';
import { SeatsPage } from './pages/seats.tsx';
import { TestPage } from './pages/test.tsx';
import { TimetablePage } from './pages/timetable.tsx';
import { TimetableImportPage } from './pages/timetable-import.tsx';
import { UnblocksPage } from './pages/unblocks.tsx';

/** Every page is handed what its address asks (`/item?id=…`); another `id` is another page and begins anew. */
export type PageProps = { search: URLSearchParams };

export type PageLine = {
  /** Its address: `/<path>`, one word in small letters. */
  path: string;
  /** One of these deeds opens it (`admin/roles.ts`); `everybody` who is signed in. */
  deed: Deed | readonly Deed[] | 'everybody';
  Page: ComponentType<PageProps>;
  /** Its word on the rail, a key of `locales/en.json`, beside its icon; a page without stands below another one. */
  rail?: { word: string; icon: LucideIcon };
  /** Beside the word: how many wait there. */
  waiting?: (house: House) => number;
  /** Below which page it stands: that word is marked on the rail. */
  under?: string;
};

/**
 * Every page of the console, in the order of the rail: a new page is one line here. The rail shows each role the
 * words that it may use, at most six, the rest under *More*; the endpoint asks for the same deeds again
 * (`admin/routes/deeds.ts`).
 */
// biome-ignore format: one page, one line
export const pages: readonly PageLine[] = [
  { path: 'lessons', deed: 'run-lessons', Page: LessonsPage, rail: { word: 'navLessons', icon: Presentation } },
  { path: 'lesson', deed: 'run-lessons', Page: LessonPage, under: 'lessons' },
  { path: 'requests', deed: 'answer-requests', Page: RequestsPage, rail: { word: 'navRequests', icon: Hand }, waiting: ({ asking }) => asking.waiting.value },
  { path: 'inbox', deed: 'see-inbox', Page: InboxPage, rail: { word: 'navInbox', icon: Inbox }, waiting: ({ inbox }) => inbox.waiting.value ?? 0 },
  { path: 'item', deed: 'see-inbox', Page: ItemPage, under: 'inbox' },
  { path: 'groups', deed: ['manage-classes', 'care-for-pupils'], Page: GroupsPage, rail: { word: 'navClasses', icon: GraduationCap } },
  { path: 'group', deed: ['manage-classes', 'care-for-pupils'], Page: GroupPage, under: 'groups' },
  { path: 'class-lists', deed: 'manage-classes', Page: ClassListsPage, under: 'groups' },
  { path: 'timetable', deed: ['manage-classes', 'care-for-pupils'], Page: TimetablePage, under: 'groups' },
  { path: 'timetable-import', deed: 'publish-policy', Page: TimetableImportPage, under: 'groups' },
  { path: 'unblocks', deed: ['ask-unblock', 'decide-unblock'], Page: UnblocksPage, rail: { word: 'navUnblocks', icon: LockOpen }, waiting: ({ deciding }) => deciding.unblocks.value },
  { path: 'approvals', deed: ['approve-sites', 'consent'], Page: ApprovalsPage, rail: { word: 'navApprovals', icon: BadgeCheck }, waiting: ({ deciding }) => deciding.consents.value },
  { path: 'homework', deed: 'paste-sites', Page: HomeworkPage, rail: { word: 'navHomework', icon: AtHome } },
  { path: 'seats', deed: 'see-fleet', Page: SeatsPage, rail: { word: 'navSeats', icon: Laptop } },
  { path: 'lists', deed: 'manage-lists', Page: ListsPage, rail: { word: 'navLists', icon: ListChecks } },
  { path: 'people', deed: 'manage-people', Page: PeoplePage, rail: { word: 'navPeople', icon: Users } },
  { path: 'day-passes', deed: 'give-day-pass', Page: DayPassesPage, rail: { word: 'navPasses', icon: Ticket } },
  { path: 'figures', deed: 'see-figures', Page: FiguresPage, rail: { word: 'navFigures', icon: ChartNoAxesColumn } },
  { path: 'audit', deed: 'see-audit', Page: AuditPage, rail: { word: 'navAudit', icon: ScrollText } },
  { path: 'test', deed: 'test-addresses', Page: TestPage, rail: { word: 'navTest', icon: ScanSearch } },
];

/** At the end of the rail, by the name of who is signed in. */
// biome-ignore format: one page, one line
export const ownPages: readonly PageLine[] = [
  { path: 'password', deed: 'everybody', Page: Password, rail: { word: 'navPassword', icon: KeyRound } },
];

export const pageAt = (path: string): PageLine | undefined =>
  [...pages, ...ownPages].find((line) => line.path === path);

/** By the endpoint's own table, so that the rail shows no door that is locked. */
export const mayOpen = ({ role }: Pick<Me, 'role'>, { deed }: PageLine): boolean =>
  deed === 'everybody' || [deed].flat().some((one) => may(role, one));

/** The words of one's rail: the first six, or five and the rest under *More*. */
export function railOf(me: Pick<Me, 'role'>): { shown: PageLine[]; more: PageLine[] } {
  const all = pages.filter((line) => line.rail && mayOpen(me, line));
  return all.length <= 6 ? { shown: all, more: [] } : { shown: all.slice(0, 5), more: all.slice(5) };
}

/** The page that one starts with: the inbox for whoever reads it, else the first word of the rail. */
export function startOf(me: Pick<Me, 'role'>): string {
  const { shown } = railOf(me);
  return (shown.find(({ path }) => path === 'inbox') ?? shown[0])?.path ?? 'password';
}
