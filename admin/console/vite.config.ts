import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { schoolForLooking } from './dev/middleware.ts';

/** Builds the console to `.output/console`, which the endpoint serves; `npx vite admin/console` is for looking at it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    preact({ reactAliasesEnabled: false, devToolsEnabled: false, prefreshEnabled: false }),
    schoolForLooking(),
  ],
  build: {
    outDir: '../../.output/console',
    emptyOutDir: true,
    target: 'chrome116',
    modulePreload: { polyfill: false },
    // The content security policy lets fonts come from us, not from a data: address.
    assetsInlineLimit: 0,
  },
});
