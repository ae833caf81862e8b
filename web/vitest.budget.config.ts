import { defineConfig } from 'vitest/config'

/** Measures a finished build: run `npm run build` first. */
export default defineConfig({ test: { include: ['tests/budget.test.ts'], environment: 'node', testTimeout: 60_000 } })
