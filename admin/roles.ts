import type { Role } from './console-wire.ts';

/** Everything that a person can do in the console, and that is not everybody's. */
export type Deed =
  | 'see-inbox'
  | 'act-on-items'
  /** Title, address and account: each look is logged. */
  | 'reveal'
  /** Reports about a grown-up at school. */
  | 'see-restricted'
  | 'see-fleet'
  | 'test-addresses';

/** Who may do what. The network manager keeps the machines running and reads no child's report. */
const mayDo: Record<Role, readonly Deed[]> = {
  principal: ['see-inbox', 'act-on-items', 'reveal', 'see-restricted', 'see-fleet', 'test-addresses'],
  dsl: ['see-inbox', 'act-on-items', 'reveal', 'see-restricted', 'see-fleet', 'test-addresses'],
  coordinator: ['see-inbox', 'act-on-items', 'reveal', 'see-fleet', 'test-addresses'],
  'network-manager': ['see-fleet', 'test-addresses'],
};

export const may = (role: Role, deed: Deed): boolean => mayDo[role].includes(deed);

export const rolesThatMay = (deed: Deed): Role[] =>
  (Object.keys(mayDo) as Role[]).filter((role) => may(role, deed));
