import { getRequestListener } from '@hono/node-server';
import type { Plugin } from 'vite';
import { createLookEndpoint } from './endpoint.ts';

/** `npx vite admin/console`: the console with a made-up school behind it. No part of a build. */
export const schoolForLooking = (): Plugin => ({
  name: 'school-for-looking',
  apply: 'serve',
  configureServer(server) {
    const listener = getRequestListener(createLookEndpoint().app.fetch);
    server.middlewares.use((request, response, next) => {
      if (request.url?.startsWith('/console/')) void listener(request, response);
      else next();
    });
  },
});
