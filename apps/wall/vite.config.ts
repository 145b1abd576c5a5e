import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/apps/wall'),
    emptyOutDir: true,
    // Fonts stay files: a data: address would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome109',
    sourcemap: false,
    // One script, loaded once from the same machine; ECharts is most of it.
    chunkSizeWarningLimit: 1200,
  },
});
