import type { CategoryId } from '../../rules/categories.ts';
import type { Counts } from '../../rules/lists/counts.ts';
import type { Clash } from '../../rules/lists/exceptions.ts';
import type { Format } from '../../rules/lists/formats.ts';
import type { ListRefused } from './read-list.ts';

/** What became of a list that was read. */
export type Offered =
  | {
      ok: true;
      id: string;
      category: string;
      /** `same`: nothing to do. `waiting`: a person decides. `refused-before`: a person has. `counted`: not kept. */
      state: 'live' | 'same' | 'waiting' | 'refused-before' | 'counted';
      hosts: number;
      added: number;
      removed: number;
      /** What it would close of the sites that the school needs, and what is left out of it for them. */
      clashes: Clash[];
      format?: string;
      counts?: Counts;
      notes?: string[];
    }
  | (ListRefused & { id: string; category: string })
  | { ok: false; id: string; category: string; code: string; message: string; counts?: Counts };

export type Asked = {
  path: string;
  format: Format;
  category?: CategoryId | undefined;
  id?: string | undefined;
  mayDiffer?: number | undefined;
  by: string;
};

/** By a fifth a list does not change in a day, unless somebody at the other end made a mistake. */
export const MAY_DIFFER = 0.2;
