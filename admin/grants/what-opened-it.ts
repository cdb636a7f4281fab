import type { KeptGrant } from './store.ts';

const OF_AN_UNBLOCK = '-grant';

/** The id of the grant that an unblock opens when somebody says yes. */
export const grantOfUnblock = (unblock: string): string => `${unblock}${OF_AN_UNBLOCK}`;

/** The id by which the audit speaks of a grant: its unblock's, where it has one, for the two stand on one page. */
export const whatOpenedIt = ({ kind, id }: Pick<KeptGrant, 'kind' | 'id'>): string =>
  kind === 'unblock' ? id.slice(0, -OF_AN_UNBLOCK.length) : id;
