import type { AnswerToRequest, Grant, Lesson, Orders, Suspension } from '../rules/orders.ts';
import type { Overlay } from '../rules/overlay.ts';
import type { Stage } from '../rules/stages.ts';

/** A seat as far as orders need to know it. Hashes are those of `admin/store/seats.ts`. */
export type OrderedSeat = {
  id: string;
  device: string | null;
  account: string | null;
  /** The stage and group of its managed settings. */
  stage: string;
  group: string | null;
};

/** What one part of the endpoint says to one seat: class lists its groups, lessons their lessons, and so on. */
export type Said = {
  groups?: string[];
  stage?: Stage;
  lessons?: Lesson[];
  grants?: Grant[];
  closings?: Orders['closings'];
  suspensions?: Suspension[];
  overlays?: Overlay[];
  answers?: AnswerToRequest[];
};

/**
 * One part of the endpoint that has something to say to seats. `read` looks once at the store, for as many seats as
 * there are; what it gives is then asked seat by seat. Class lists come first: `groups` are those known by then.
 */
export type Speaker = {
  name: string;
  read(now: Date): Promise<(seat: OrderedSeat, groups: readonly string[]) => Said>;
};
