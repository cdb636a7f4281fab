import { signal } from '@preact/signals';
import type { Role } from '../../console-wire.ts';
import {
  type ChangeLesson,
  type ClassCard,
  Classes,
  LessonSeats,
  LiveLesson,
  type StartLesson,
} from '../../lessons/wire.ts';
import type { Answered, Api } from './api.ts';
import { problemWords } from './pieces/problem.tsx';
import { plural, say } from './words.ts';

export type LessonsModel = ReturnType<typeof createLessonsModel>;

/**
 * The classes and their lessons, as the endpoint says them. `changed` is for news; every act puts its own answer in
 * place, so that a tap shows at once what it did. Clocks run on the endpoint's time: `ahead` is how far it is ahead.
 */
export function createLessonsModel(api: Pick<Api, 'asked'>, clock: () => number = Date.now) {
  const classes = signal<Classes | null>(null);
  const problem = signal<string | null>(null);
  const ahead = signal(0);
  /** When the classes were last read, by the endpoint's time. */
  const readAt = signal(0);

  async function refresh(): Promise<void> {
    const answer = await api.asked(Classes, 'GET', '/console/api/classes');
    if (answer.ok) {
      classes.value = answer.value;
      ahead.value = Date.parse(answer.value.now) - clock();
      readAt.value = Date.parse(answer.value.now);
    }
    problem.value = answer.ok ? null : answer.code;
  }

  /** Puts a lesson on the cards of its classes; null takes it off. */
  function put(id: string, lesson: LiveLesson | null): void {
    const shown = classes.value;
    if (!shown) return;
    const groups = lesson?.groups.map((group) => group.id) ?? [];
    classes.value = {
      ...shown,
      classes: shown.classes.map((card) =>
        groups.includes(card.id)
          ? { ...card, live: lesson }
          : card.live?.id === id
            ? { ...card, live: null }
            : card,
      ),
    };
  }

  async function start(asked: Asked): Promise<Answered<LiveLesson>> {
    const answer = await api.asked(LiveLesson, 'POST', '/console/api/lessons', asked);
    if (answer.ok) put(answer.value.id, answer.value);
    return answer;
  }

  const at = (id: string) => `/console/api/lessons/${encodeURIComponent(id)}`;

  async function change(id: string, asked: ChangeLesson): Promise<Answered<LiveLesson>> {
    const answer = await api.asked(LiveLesson, 'POST', at(id), asked);
    if (answer.ok) put(id, asked.change === 'stop' ? null : answer.value);
    else if (answer.code === 'lesson-over' || answer.code === 'no-lesson') put(id, null);
    else if (unheard.includes(answer.code)) void refresh();
    return answer;
  }

  return {
    classes,
    problem,
    readAt,
    /** The endpoint's time now, in milliseconds. */
    now: () => clock() + ahead.value,
    refresh,
    start,
    change,
    seats: (id: string) => api.asked(LessonSeats, 'GET', `${at(id)}/seats`),
    /** Nobody is signed in any more. */
    forget: () => {
      classes.value = null;
    },
  };
}

/** The endpoint was not there, or broke while it answered: as good as not done, until the classes are read again. */
const unheard: readonly string[] = ['offline', 'broken'];

/** Why a change was not made. Where it was not even heard, first what that means for the class: covered or not? */
export function notDoneWords(
  asked: ChangeLesson | { change: 'start' },
  code: string,
  message?: string,
): string {
  const why = problemWords(code, message);
  const act = asked.change === 'eyes-up' && !asked.on ? 'eyes-back' : asked.change;
  return unheard.includes(code) ? `${say(`notDone_${act.replaceAll('-', '_')}`)} ${why}` : why;
}

/** Twice the time between two readings (`useLessons`), and some: an answer that never comes says nothing either. */
const OLD_AFTER_MS = 40_000;

/** Whether what is shown of the lessons may no longer be so. */
export const isOld = ({ problem, readAt }: Pick<LessonsModel, 'problem' | 'readAt'>, now: number): boolean =>
  problem.value !== null || now - readAt.value > OLD_AFTER_MS;

/** What is asked to start a lesson; what is left out is empty. */
export type Asked = Partial<StartLesson> & Pick<StartLesson, 'groups' | 'kind' | 'endsAt'>;

/** A live lesson of the school, by its id. */
export const lessonIn = (classes: Classes | null, id: string): LiveLesson | undefined =>
  classes?.classes.find(({ live }) => live?.id === id)?.live ?? undefined;

/** What one tap starts: the last lesson again; null for a class that has had none. */
export const againOf = ({ id, last, endsAt }: ClassCard): Asked | null =>
  last && { groups: [id], kind: last.kind, again: last.lesson, endsAt };

/** Who teaches and finds only other people's classes: her own are missing in the class lists. */
export const waitsForClass = (role: Role, own: readonly ClassCard[], others: readonly ClassCard[]): boolean =>
  (role === 'teacher' || role === 'teaching-assistant') && own.length === 0 && others.length > 0;

/** Why a lesson does not start; names the last one only where there is one. */
export const opensNothingWords = ({ last }: Pick<ClassCard, 'last'>): string =>
  say(last ? 'lessonOpensNothingLast' : 'lessonOpensNothing');

const SHOWN = 4;

/** What a lesson opens: the first services and sites by their names, and how many more. */
export function opensOf({ bundles, sites }: Pick<LiveLesson, 'bundles' | 'sites'>): string {
  const names = [...bundles.map(({ title }) => title), ...sites.map(({ entry, title }) => title ?? entry)];
  return namesAndMore(names, SHOWN);
}

/** The first of these names, and how many more. */
export function namesAndMore(names: readonly string[], most: number): string {
  const more = names.length - most;
  return [...names.slice(0, most), ...(more > 0 ? [plural(say, 'namesMore', more)] : [])].join(', ');
}
