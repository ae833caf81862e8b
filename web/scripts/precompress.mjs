// Writes name.br and name.gz beside every text asset of a build, so that the server never compresses at run time.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const text = /\.(?:js|mjs|css|svg|json|wasm|bcmap|ttf|pfb|icc|txt|html)$/
const smallestWorthwhile = 512
const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

async function* filesBelow(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else yield path
  }
}

async function precompress(path) {
  const bytes = await readFile(path)
  if (bytes.length < smallestWorthwhile) return
  // The highest level is slow on large files and gains little there.
  const quality = bytes.length > 4_000_000 ? 9 : 11
  const small = await brotli(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
  if (small.length < bytes.length * 0.95) {
    await writeFile(`${path}.br`, small)
    await writeFile(`${path}.gz`, await zip(bytes, { level: 9 }))
  }
}

const folder = process.argv[2] ?? 'dist'
// index.html is a template that the server fills per response, so it is left as it is.
const skip = join(folder, 'index.html')
for await (const path of filesBelow(folder)) {
  if (text.test(path) && path !== skip) await precompress(path)
}
