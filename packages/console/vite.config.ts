import { fileURLToPath } from 'node:url';
// biome-ignore-start lint/correctness/noUndeclaredDependencies: build tools stand in the root manifest.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
// biome-ignore-end lint/correctness/noUndeclaredDependencies: build tools stand in the root manifest.

/** Builds the console to packages/console/dist/app; in development the API comes from a running `hazir start`. */
export default defineConfig({
  root: fileURLToPath(new URL('src', import.meta.url)),
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: '../dist/app',
    emptyOutDir: true,
    // Everything is a file of its own, so that the page runs under a policy without data: addresses.
    assetsInlineLimit: 0,
    target: 'es2022',
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4000' } },
});
