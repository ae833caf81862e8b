import { createReadStream } from 'node:fs'
import { cp, readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname
const pdfjs = join(root, 'node_modules/pdfjs-dist')
const pdfjsVersion = await readFile(join(pdfjs, 'package.json'), 'utf8').then(
  (text): string => JSON.parse(text).version,
)
/** The version is part of the path, because everything under /assets is cached for ever. */
const pdfjsBase = `/assets/pdfjs/${pdfjsVersion}/`
const pdfjsFolders = ['cmaps', 'standard_fonts', 'wasm', 'iccs']

/** Serves pdf.js' character maps, fonts and decoders in development, and copies them into a build. */
function pdfjsAssets(): Plugin {
  return {
    name: 'pdfjs-assets',
    configureServer(server) {
      server.middlewares.use(pdfjsBase, (request, response, next) => {
        const path = normalize(decodeURIComponent((request.url ?? '').split('?')[0] ?? ''))
        const folder = path.split('/')[1] ?? ''
        if (!pdfjsFolders.includes(folder) || path.includes('..')) return next()
        if (path.endsWith('.wasm')) response.setHeader('Content-Type', 'application/wasm')
        createReadStream(join(pdfjs, path))
          .on('error', () => next())
          .pipe(response)
      })
    },
    async writeBundle(options) {
      const target = join(options.dir ?? join(root, 'dist'), pdfjsBase)
      for (const folder of pdfjsFolders) {
        await cp(join(pdfjs, folder), join(target, folder), { recursive: true })
      }
    },
  }
}

export default defineConfig({
  plugins: [react(), pdfjsAssets()],
  define: { __PDFJS_BASE__: JSON.stringify(pdfjsBase) },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: process.env.SCROLLKEEPER_DEV_SERVER ?? 'http://127.0.0.1:7171', ws: true },
    },
  },
  build: {
    target: ['chrome120', 'firefox121', 'safari17.4'],
    manifest: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Many small files cost a request each; what nearly every page uses goes together.
          groups: [{ name: 'ui', test: /[\\/]src[\\/](ui|texts)[\\/]|[\\/]src[\\/]lib[\\/](people|times|keys)\.ts/ }],
        },
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith('.mjs'))
            ? 'assets/[name]-[hash].js'
            : 'assets/[name]-[hash][extname]',
      },
    },
  },
  test: { include: ['src/**/*.test.ts', 'tests/{structure,schema}.test.ts'], environment: 'node' },
})
