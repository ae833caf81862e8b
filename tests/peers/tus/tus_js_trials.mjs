// Trials with tus-js-client: folder of the package, URL of uploads, token, folder for files.
// Prints a JSON object for each upload.
import { execFileSync } from 'node:child_process'
import { createReadStream, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'

const [packages, endpoint, token, folder] = process.argv.slice(2)
const tus = createRequire(join(packages, 'package.json'))('tus-js-client')
const peers = dirname(dirname(fileURLToPath(import.meta.url)))

/** A PDF of about this size; its path. */
function made(name, sizeBytes) {
  const path = join(folder, `tus-js ${name}.pdf`)
  const script = `import sys; sys.path.insert(0, sys.argv[1]); from program import paper; open(sys.argv[2], "wb").write(paper(sys.argv[3], int(sys.argv[4]), sys.argv[3]))`
  execFileSync('python3', ['-c', script, peers, path, `tusjs ${name}`, String(sizeBytes)])
  return path
}

/** Uploads with these options; the headers of the last answer that named a paper. */
function send(trial, sizeBytes, options = {}, prepare = (path) => ({ source: readFileSync(path), more: {} })) {
  const path = made(trial, sizeBytes)
  const { source, more } = prepare(path)
  return new Promise((resolve, reject) => {
    let item = null
    const upload = new tus.Upload(source, {
      endpoint,
      headers: { Authorization: `Bearer ${token}` },
      metadata: { filename: `${trial}.pdf`, filetype: 'application/pdf' },
      retryDelays: [0, 100, 500],
      onAfterResponse: (_request, response) => {
        item = response.getHeader('Scrollkeeper-Item') ?? item
      },
      onError: reject,
      onSuccess: () => resolve({ path, item }),
      ...options,
      ...more,
    })
    options.run ? options.run(upload, reject) : upload.start()
  }).then(({ path, item }) => {
    console.log(JSON.stringify({ client: 'tus-js-client', trial, file: path, item }))
  })
}

/** Aborts after the first chunk and starts again. */
function abortAndResume(upload, reject) {
  let aborted = false
  upload.options.onChunkComplete = () => {
    if (aborted) return
    aborted = true
    const { url } = upload
    upload.abort().then(() => {
      if (upload.url !== url) reject(new Error('the address of the upload is forgotten'))
      else upload.start()
    }, reject)
  }
  upload.start()
}

await send('in one request', 500_000)
await send('three parts at once', 900_000, { parallelUploads: 3 })
await send('stopped and resumed', 900_000, { chunkSize: 200_000, run: abortAndResume })
await send('PATCH as POST', 400_000, { overridePatchMethod: true, chunkSize: 150_000 })
await send('with the first request', 300_000, { uploadDataDuringCreation: true })
await send('a stream of unknown length', 500_000, { uploadLengthDeferred: true, chunkSize: 120_000 }, (path) => ({
  // Piped, since the client looks up the length of a file's own stream.
  source: createReadStream(path).pipe(new PassThrough()),
  more: {},
}))
