import type { Issue } from './plain-issues.ts';

/** The second of two things of a document's part that have the same id, with its place. */
export const sameIds = (part: string, things: readonly { id: string }[]): Issue[] =>
  things.flatMap(({ id }, at) =>
    things.findIndex((thing) => thing.id === id) === at
      ? []
      : [{ path: `${part}[${at}].id`, problem: `"${id}" stands there twice` }],
  );
