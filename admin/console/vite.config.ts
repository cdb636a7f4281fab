import { defineConfig, type Plugin } from 'vite';
import { schoolForLooking } from './dev/middleware.ts';

/**
 * The children's components bring styles that mean other things by the same names. They come in only where a page
 * asks for them as text, for a shadow tree of their own (`src/pieces/child-page.tsx`).
 */
const childrensStylesApart = (): Plugin => ({
  name: 'childrens-styles-apart',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source.endsWith('.css') && importer?.endsWith('.tsx') && importer.includes('/components/')
      ? '\0childrens-style'
      : null,
  load: (id) => (id === '\0childrens-style' ? '' : null),
});

/** Builds the console to `.output/console`, which the endpoint serves; `npx vite admin/console` is for looking at it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [childrensStylesApart(), schoolForLooking()],
  build: {
    outDir: '../../.output/console',
    emptyOutDir: true,
    target: 'chrome116',
    modulePreload: { polyfill: false },
    // The content security policy lets fonts come from us, not from a data: address.
    assetsInlineLimit: 0,
  },
});
