// Writes src/api/schema.gen.ts from the committed openapi.json. Where the document says in words what its types leave
// open (a closed list of words, a field that null clears), two tables here say it in types.
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import openapiTypescript, { astToString } from 'openapi-typescript'
import ts from 'typescript'

const root = resolve(import.meta.dirname, '..')
const target = resolve(root, 'src/api/schema.gen.ts')

const roles = ['reader', 'commenter', 'editor', 'admin', 'owner']
const serverRoles = ['member', 'admin']
/** Properties that take one of these words, by schema and name. */
const words = {
  'Ban/kind': ['address', 'account'],
  'File/state': ['waiting', 'reading', 'read', 'poor_text', 'no_text', 'locked', 'failed', 'other'],
  'Job/state': ['queued', 'running', 'done', 'failed', 'cancelled'],
  'Library/kind': ['user', 'group'],
  'Library/role': roles,
  'Member/role': roles,
  'NewUser/role': serverRoles,
  'ReadMark/state': ['unread', 'reading', 'read'],
  'RoleGrant/role': roles,
  'User/role': serverRoles,
  'UserPatch/role': serverRoles,
}

/** Schemas and properties whose own type is too wide or too narrow. */
const types = {
  Creator: '{ creator_type: string } & ({ given: string; family: string } | { name: string })',
  'ItemPatch/fields': '{ [name: string]: string | null }',
  'CollectionPatch/parent': 'string | null',
}

/** The text of schema.gen.ts as the present document gives it. */
export async function generate() {
  const document = JSON.parse(readFileSync(resolve(root, 'openapi.json'), 'utf8'))
  const missing = new Set([...Object.keys(words), ...Object.keys(types)])
  const nodes = await openapiTypescript(document, {
    defaultNonNullable: false,
    transform(schema, { path }) {
      const name = path?.replace('#/components/schemas/', '') ?? ''
      if (!Object.hasOwn(words, name) && !Object.hasOwn(types, name)) return undefined
      missing.delete(name)
      return ts.factory.createTypeReferenceNode(types[name] ?? closedList(name, schema.description ?? ''))
    },
  })
  if (missing.size > 0) throw new Error(`openapi.json no longer has ${[...missing].join(', ')}. Mend scripts/schema.mjs.`)
  return `// Made by \`npm run schema\` from openapi.json. Not edited by hand.\n${astToString(nodes)}`
}

/** Fails where the document's words are others than the table's. */
function closedList(property, description) {
  const said = [...description.matchAll(/`([a-z_]+)`/g)].map((match) => match[1])
  const missing = said.filter((word) => !words[property].includes(word))
  if (missing.length > 0) throw new Error(`${property} now also says ${missing.join(', ')}. Mend scripts/schema.mjs.`)
  return words[property].map((word) => `'${word}'`).join(' | ')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await generate())
