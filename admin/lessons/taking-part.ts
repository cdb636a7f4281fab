import { compareVersionNames } from '../../rules/document.ts';
import type { SeatsHere } from '../live/seats-here.ts';
import type { SeatOrdersOf } from '../seat-orders.ts';
import type { Seated } from './class-lists.ts';
import { seatGrantId } from './speaker.ts';
import type { KeptLesson } from './store.ts';
import type { LessonSeats } from './wire.ts';

type TakingPart = { seat: Seated; by: LessonSeats['seats'][number]['by'] };
export type State = LessonSeats['seats'][number]['state'];

/** The seats that a lesson is for. One that has the list alone counts as by code. */
export const seatsOf = (lesson: KeptLesson, seats: readonly Seated[]): TakingPart[] =>
  seats.flatMap((seat): TakingPart[] => {
    if (lesson.presenter !== null && lesson.presenter === seat.account) return [];
    if (lesson.groups.some((group) => seat.groups.includes(group))) return [{ seat, by: 'group' }];
    if (lesson.seats.includes(seat.id)) return [{ seat, by: 'ticked' }];
    return lesson.opened.some((opened) => opened.seat === seat.id) ? [{ seat, by: 'code' }] : [];
  });

/**
 * Whether a lesson has come to a seat: joined when the orders in force there hold it as it is now, behind when the
 * seat is on-line and they do not yet, away when the seat is not heard.
 */
export const createStateOf =
  (orders: Pick<SeatOrdersOf, 'keptFor'>, here: SeatsHere) =>
  (lesson: Pick<KeptLesson, 'id'>, seat: string): State => {
    const { isHere, ordersInForce } = here.at(seat);
    if (!isHere) return 'away';
    const since = orders.keptFor(seat)?.since;
    const from = since?.get(lesson.id) ?? since?.get(seatGrantId(lesson.id));
    return from !== undefined && ordersInForce !== null && compareVersionNames(ordersInForce, from) >= 0
      ? 'joined'
      : 'behind';
  };
export type StateOf = ReturnType<typeof createStateOf>;
