import { type Context, Hono } from 'hono';
import type { ImportRefused } from '../groups/wire.ts';
import { malformed, refuse } from '../refusal.ts';
import { ImportTimetable } from '../timetable/wire.ts';
import type { ConsoleEnv, ConsoleParts } from './console-parts.ts';

/** GET /timetable: the week of every class. POST /timetable/import: a CSV, first looked at, then published. */
export function timetableRoutes({ timetable }: Pick<ConsoleParts, 'timetable'>) {
  const app = new Hono<ConsoleEnv>();

  app.get('/timetable', async (c) => c.json(await timetable.week()));

  app.post('/timetable/import', async (c) => {
    const read = ImportTimetable.safeParse(await bodyOf(c));
    if (!read.success) return malformed(c, 'A timetable is a file, its columns, and why it changes.');
    const { file, columns, note } = read.data;
    const { id: person, name } = c.get('person');
    const named = Object.fromEntries(Object.entries(columns).filter(([, column]) => column !== undefined));
    const bytes = new Uint8Array(Buffer.from(file.base64, 'base64'));
    const done = await timetable.import({ name: file.name, bytes }, named, note, { person, name });
    if (done.ok) return c.json(done.said);
    if (!('issues' in done)) return refuse(c, done.code === 'no-policy' ? 409 : 422, done.code, done.message);
    const refused: ImportRefused = {
      code: done.code,
      message: 'The file is refused; nothing was changed.',
      issues: done.issues,
    };
    return c.json(refused, 422);
  });

  return app;
}

const bodyOf = (c: Context): Promise<unknown> => c.req.json().catch(() => undefined);
