import type { Issue } from './plain-issues.ts';

/** The second of two things of a document's part that have the same id, with its place. What has no id is no second. */
export const sameIds = (
  part: string,
  things: readonly ({ id?: string | undefined } | undefined)[],
): Issue[] =>
  things.flatMap((thing, at) =>
    thing?.id === undefined || things.findIndex((other) => other?.id === thing.id) === at
      ? []
      : [{ path: `${part}[${at}].id`, problem: `"${thing.id}" stands there twice` }],
  );
