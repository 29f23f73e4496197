import vue from '@vitejs/plugin-vue'
import ElementPlus from 'unplugin-element-plus/vite'
import { defineConfig } from 'vite'
import { precompressed } from './build/precompressed.ts'

// Strict Content-Security-Policy: nothing inline, so no module preload polyfill and no data: assets.
export default defineConfig({
  base: '/console/',
  plugins: [vue(), ElementPlus({}), precompressed()],
  build: {
    outDir: '../callcenter/web/console_built',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // echarts, in a file of its own that only the board loads.
    chunkSizeWarningLimit: 600,
    target: 'es2022',
    rolldownOptions: { checks: { pluginTimings: false } },
  },
})
