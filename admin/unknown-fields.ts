import { type Issue, notKnown, pathOf } from './plain-issues.ts';

/**
 * The fields of a written document that no reader of it knows, each with its place. `read` is the same document as its
 * schema gave it back (or what `readable` could read of it), without what the schema does not know: a field that only
 * `written` has would be dropped in silence, and a stricter arrangement with it.
 */
export function unknownFields(written: unknown, read: unknown, place: readonly PropertyKey[] = []): Issue[] {
  if (!isGroup(written) || !isGroup(read)) return [];
  return Object.keys(written).flatMap((key) => {
    const at = [...place, Array.isArray(written) ? Number(key) : key];
    if (!Object.hasOwn(read, key)) return [{ path: pathOf(at), problem: notKnown }];
    return unknownFields(written[key], read[key], at);
  });
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
