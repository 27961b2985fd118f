import { fileURLToPath } from 'node:url';
// biome-ignore lint/correctness/noUndeclaredDependencies: build tools stand in the root manifest.
import { defineConfig } from 'vite';

/** Builds the verifier to packages/services/dist/verifier; the server serves it under /verify/. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/verify/',
  build: {
    outDir: '../dist/verifier',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2022',
    modulePreload: { polyfill: false },
  },
});
