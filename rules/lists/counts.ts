/** Why a line, or the name in it, is not in the cleaned list. Each is counted; nothing is dropped in silence. */
export const reasonsLeftOut = {
  notHost: 'cannot be a host',
  ip: 'IP addresses (closed for pupils anyway, tier guard)',
  publicSuffix: 'public suffixes such as co.uk or github.io',
  duplicate: 'named more than once',
  underParent: 'below a name that is listed too',
  narrower: 'say less than a host or a page of it (port, exact host, scheme, pattern)',
  expression: 'regular expressions and keywords',
  otherRule: 'other kinds of rule, such as exceptions',
  tooLong: 'lines longer than any list needs',
  missingInclude: 'includes that are not in the folder',
} as const;
export type LeftOut = keyof typeof reasonsLeftOut;

export type Counts = {
  /** Lines that say something: neither empty nor comments. */
  lines: number;
  /** Names in the cleaned list. */
  hosts: number;
  /** Addresses in the cleaned list that say less than a host: `host/path`. */
  paths: number;
  leftOut: Record<LeftOut, number>;
};

export const noCounts = (): Counts => ({
  lines: 0,
  hosts: 0,
  paths: 0,
  leftOut: {
    notHost: 0,
    ip: 0,
    publicSuffix: 0,
    duplicate: 0,
    underParent: 0,
    narrower: 0,
    expression: 0,
    otherRule: 0,
    tooLong: 0,
    missingInclude: 0,
  },
});
