import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { refuse } from '../refusal.ts';

/** /updates.xml and /keystage.crx, as `npm run -s keystage -- pack` left them: where managed browsers get the extension itself. */
export function updateRoutes(packed: string) {
  const app = new Hono();
  const files = {
    'updates.xml': 'text/xml; charset=utf-8',
    'keystage.crx': 'application/x-chrome-extension',
  };
  for (const [file, type] of Object.entries(files))
    app.get(`/${file}`, async (c) => {
      const path = join(packed, file);
      if (!existsSync(path))
        return refuse(
          c,
          404,
          'not-packed',
          'The extension is not packed yet: run "npm run -s keystage -- pack".',
        );
      return c.body(new Uint8Array(await readFile(path)), 200, {
        'Content-Type': type,
        'Cache-Control': 'no-cache',
      });
    });
  return app;
}
