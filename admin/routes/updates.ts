import { join } from 'node:path';
import { Hono } from 'hono';
import { refuse } from '../refusal.ts';
import { fromDisk } from './from-disk.ts';

/** /updates.xml and /keystage.crx, as `npm run -s keystage -- pack` left them: where managed browsers get the extension itself. */
export function updateRoutes(packed: string) {
  const app = new Hono();
  const files = {
    'updates.xml': 'text/xml; charset=utf-8',
    'keystage.crx': 'application/x-chrome-extension',
  };
  for (const [file, type] of Object.entries(files))
    app.get(`/${file}`, async (c) => {
      const found = await fromDisk(join(packed, file));
      if (!found)
        return refuse(
          c,
          404,
          'not-packed',
          'The extension is not packed yet: run "npm run -s keystage -- pack".',
        );
      return c.body(found.body, 200, {
        'Content-Type': type,
        'Content-Length': String(found.bytes),
        'Cache-Control': 'no-cache',
      });
    });
  return app;
}
