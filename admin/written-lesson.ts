import { randomUUID } from 'node:crypto';

const parts = ['lessons', 'grants', 'closings', 'suspensions'];

const isObject = (written: unknown): written is Record<string, unknown> =>
  typeof written === 'object' && written !== null && !Array.isArray(written);

/** A file that names any part of orders is orders; anything else is one lesson. */
export const isOrdersFile = (written: unknown): written is Record<string, unknown> =>
  isObject(written) && parts.some((part) => part in written);

/**
 * A lesson as a person writes it, as a document holds it: a site may be the bare address, and without a word it has
 * no bundles, an id of its own, and begins now. What is no lesson stays as it is, for the schema to refuse.
 */
export function fillLesson(written: unknown, now: Date): unknown {
  if (!isObject(written)) return written;
  const { sites } = written;
  return {
    id: randomUUID(),
    bundles: [],
    startsAt: now.toISOString(),
    ...written,
    ...(Array.isArray(sites) && {
      sites: sites.map((site: unknown) => (typeof site === 'string' ? { entry: site } : site)),
    }),
  };
}

/** Orders with every lesson filled in. */
export const fillLessons = (written: unknown, now: Date): unknown =>
  isObject(written) && Array.isArray(written.lessons)
    ? { ...written, lessons: written.lessons.map((lesson: unknown) => fillLesson(lesson, now)) }
    : written;
