import { defineConfig } from 'vite';

/** The gallery: every state of every component with made-up props. Not part of the product. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  server: { host: '127.0.0.1', fs: { allow: ['../..'] } },
  build: { outDir: '../../test-results/gallery-built', emptyOutDir: true },
});
