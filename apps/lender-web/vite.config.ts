import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { precompressed } from './precompressed.ts'

const libs = fileURLToPath(new URL('../../libs', import.meta.url))

export default defineConfig({
  plugins: [react(), precompressed()],
  resolve: { alias: [{ find: /^#libs\/(.*)$/, replacement: `${libs}/$1/src/index.ts` }] },
  build: { target: 'es2022', modulePreload: { polyfill: false }, chunkSizeWarningLimit: 600 },
  server: { proxy: { '/lender': 'http://127.0.0.1:8420' } },
})
