// The types of the API come from its committed document, and from nowhere else.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { generate } from '../scripts/schema.mjs'

it('finds schema.gen.ts as openapi.json gives it; `npm run schema` renews it', async () => {
  const committed = readFileSync(resolve(import.meta.dirname, '../src/api/schema.gen.ts'), 'utf8')
  expect(committed === (await generate()), 'schema.gen.ts is stale: npm run schema').toBe(true)
})
