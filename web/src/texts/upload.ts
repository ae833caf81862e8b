// Words of the upload: tray, rows, drop surface, announcements.
import { formatCount, formatDuration, formatSize, formatSizeOf, plural } from '../lib/format'
import type { SumPart } from '../lib/upload-batch'
import type { Refusal, UploadTask } from '../lib/upload-task'

const refusals: Record<Refusal, string> = {
  empty: 'The file is empty. Download it again.',
  web_page: 'This is a web page, not a PDF. Sign in at the publisher and download again.',
  not_pdf: 'Not a PDF, so not sent. To attach it to a paper, drop it on that paper’s row.',
  too_large: 'Larger than this server takes. The administrator can raise the limit.',
  unreadable: 'The browser cannot read this file. It may have been moved, or is kept online only.',
  server: 'The server does not take this file.',
}

const sumWords: Record<SumPart['what'], (count: number) => string> = {
  ready: () => 'ready',
  look: (count) => (count === 1 ? 'needs a look' : 'need a look'),
  here: () => 'already here',
  you: (count) => (count === 1 ? 'waits for you' : 'wait for you'),
  failed: () => 'failed',
  refused: () => 'refused',
  working: () => 'under way',
  later: () => 'for a later version',
  stopped: () => 'stopped',
  cancelled: () => 'taken back',
  ignored: () => 'ignored',
}

export const uploadTexts = {
  adding: (count: number) => `Adding ${plural(count, 'file')}`,
  added: (count: number) => plural(count, 'file'),
  to: (place: string) => `to ${place}`,
  done: (total: number) => `of ${formatCount(total)} done`,
  pagesPerSecond: 'pages/s',
  left: 'left',
  about: (seconds: number) => formatDuration(seconds),
  sumLine: (total: number, parts: readonly SumPart[]) =>
    `${plural(total, 'file')}: ${parts.map((part) => `${formatCount(part.count)} ${sumWords[part.what](part.count)}`).join(', ')}`,
  pause: 'Pause',
  goOn: 'Go on',
  larger: 'Show every file',
  smaller: 'Show less',
  toLine: 'Make small',
  show: 'Show',
  close: 'Close',
  sizeKey: 'Shift+U',
  mayClose: 'You can close this tab. Reading goes on.',
  allDone: 'All done. You can close this tab.',
  safeSoon: (arrived: number, left: number, seconds: number | null) =>
    `${formatCount(arrived)} ${arrived === 1 ? 'file has' : 'files have'} arrived. Safe to close this tab once ${formatCount(left)} more ${left === 1 ? 'is' : 'are'} up${seconds === null ? '' : `, in ${formatDuration(seconds)}`}.`,
  safeSoonShort: (seconds: number | null) =>
    seconds === null ? 'Keep this tab open until all is up' : `Safe to close this tab in ${formatDuration(seconds)}`,
  noCopies: 'This browser has no more room for copies: keep this tab open until all is up.',
  paused: (done: number, total: number) => `Paused at ${formatCount(done)} of ${formatCount(total)}`,
  noConnection: (count: number) =>
    `No connection. ${plural(count, 'file')} ${count === 1 ? 'waits' : 'wait'}, keep this tab open`,
  tryNow: 'Try now',
  all: 'All',
  problemsFirst: 'Problems first',
  filterNames: {
    failed: 'Failed',
    refused: 'Refused',
    you: 'Waiting for you',
    look: 'Look',
    duplicate: 'Already here',
  },
  foot: 'You can go on working; new papers appear in the list.',
  moreFiles: 'More files',
  folder: 'A folder',
  filesAsCollections: 'Folders become collections',
  restHere: 'Files from an earlier visit are not sent to their end.',
  missingTitle: (count: number) =>
    `${plural(count, 'file')} from an earlier visit ${count === 1 ? 'is' : 'are'} not sent to the end`,
  missingHint: 'Take the same files or the folder again: sending goes on where it stopped.',
  handlesHint: 'The browser still knows where they are.',
  takeAgain: 'Take again',
  forget: 'Forget them',
  retry: 'Retry',
  readIt: 'Read it',
  readAgain: 'Read again',
  retryAll: (count: number) => `Retry ${formatCount(count)}`,
  cancel: 'Take back',
  cancelAll: 'Stop sending',
  open: 'Open',
  details: 'Details',
  enterPassword: 'Enter password',
  password: 'Password of this PDF',
  unlock: 'Open the lock',
  unlocking: 'Trying',
  keepAsIs: 'Keep as is',
  signIn: 'Sign in',
  nothingGone: 'Nothing is lost',
  // The drop surface.
  dropHere: 'Drop to add',
  dropTo: (place: string) => `PDFs and folders go to ${place}`,
  dropOn: 'Drop to attach',
  dropOnHint: (title: string) => `Any kind of file, to “${title}”`,
  readOnly: 'You may read here, not add papers.',
  readOnlyHint: 'Open a library of your own first.',
  myLibrary: 'My library',
  // Announcements.
  sayTenth: (percent: number, total: number) => `${percent}% of ${plural(total, 'file')} done`,
  sayProblem: (name: string, what: string) => `${name}: ${what}`,
  sayEnd: (line: string) => `Adding has ended. ${line}`,
  addedJustNow: (count: number) => `${plural(count, 'paper')} added just now`,
  reading: (total: number, done: number) => `Adding ${plural(total, 'file')}, ${formatCount(done)} done`,
  ended: (total: number) => `${plural(total, 'file')} read`,
  papersAdded: (count: number) => `${plural(count, 'paper')} added`,
  failedCount: (count: number) => `${formatCount(count)} failed`,
  lookCount: (count: number) => (count === 1 ? '1 needs a look' : `${formatCount(count)} need a look`),
  youCount: (count: number) => (count === 1 ? '1 waits for you' : `${formatCount(count)} wait for you`),
  notNow: 'The server does not answer. Try again in a moment.',
  commandFiles: 'Add PDFs',
  commandFolder: 'Add a folder',
  commandSize: 'Uploads: next size',
  trayLabel: 'Files being added',
  rowsLabel: 'Files',
}

/** The second line of a row: what is going on, or what happened and what to do. */
export function stateLine(task: UploadTask, twinName: string | null, now: number): string {
  const { state } = task
  switch (state.kind) {
    case 'checking':
      return 'Looking at the file'
    case 'ignored':
      return 'Left behind by a system, ignored'
    case 'later_version':
      return 'A bibliography: a later version imports it'
    case 'refused':
      return state.message !== undefined && state.message !== '' ? state.message : refusals[state.reason]
    case 'same_file':
      return twinName === null || twinName === task.name
        ? 'The same file again, sent once'
        : `Same bytes as ${twinName}, sent once`
    case 'elsewhere':
      return task.sentBytes > 0
        ? `Another tab sends it, ${formatSizeOf(task.sentBytes, task.sizeBytes)}`
        : 'Another tab sends it'
    case 'missing':
      return task.sentBytes > 0
        ? `Stopped at ${formatSizeOf(task.sentBytes, task.sizeBytes)}. Take the file again to go on.`
        : 'Not sent yet. Take the file again to go on.'
    case 'queued':
      return task.sentBytes > 0
        ? `Waiting to go on at ${formatSizeOf(task.sentBytes, task.sizeBytes)}`
        : `Waiting to be sent, ${formatSize(task.sizeBytes)}`
    case 'sending':
      return task.sentBytes >= task.sizeBytes
        ? 'Being stored'
        : `Uploading, ${formatSizeOf(task.sentBytes, task.sizeBytes)}`
    case 'retrying':
      return retryLine(task, state.cause, state.at - now)
    case 'parked':
      return `${state.message === '' ? 'No room on the server.' : state.message} Goes on by itself when there is room.`
    case 'signed_out':
      return 'Signed out meanwhile. Goes on once you are signed in.'
    case 'arrived':
      return 'Arrived, waiting to be read'
    case 'reading':
      return state.pages > 0 ? `Reading page ${formatCount(state.page)} of ${formatCount(state.pages)}` : 'Reading'
    case 'ready':
      return readyLine(task, state.text)
    case 'look':
      return `Needs a look: ${state.fields.map(fieldWord).join(', ')} doubtful`
    case 'duplicate':
      return state.restored ? 'Same bytes as a paper in the Trash, brought back' : 'Already in this library, same bytes'
    case 'locked':
      return 'Locked with a password, not readable yet'
    case 'stopped':
      return 'Stopped before it was read. The file is in the library.'
    case 'failed':
      return state.message === '' ? 'The server could not take this file.' : state.message
    case 'cancelled':
      return 'Taken back'
  }
}

function retryLine(task: UploadTask, cause: 'connection' | 'busy' | 'server', waitMs: number): string {
  const seconds = Math.max(0, Math.ceil(waitMs / 1000))
  const when = seconds > 1 ? ` Next try in ${seconds} s.` : ' Trying again.'
  if (cause === 'busy') return `The server is busy with this file.${when}`
  if (cause === 'server') return `The server is not ready.${when}`
  return task.sentBytes > 0
    ? `Connection lost at ${formatSizeOf(task.sentBytes, task.sizeBytes)}.${when}`
    : `No connection.${when}`
}

function readyLine(task: UploadTask, text: 'good' | 'poor' | 'none' | 'other'): string {
  if (text === 'other') return `Attached, ${formatSize(task.sizeBytes)}`
  const { paper } = task
  const pages = paper?.pages ?? null
  const parts = [
    [paper?.authors, paper?.year].filter((part) => part !== undefined && part !== '').join(' '),
    paper?.venue ?? '',
    pages === null ? '' : plural(pages, 'page'),
  ].filter((part) => part !== '')
  if (text === 'none') parts.push('no text: a scan or drawings')
  if (text === 'poor') parts.push('the text is hard to read by machine')
  return parts.length === 0 ? 'Ready' : parts.join(' · ')
}

const fieldWords: Record<string, string> = {
  title: 'title',
  creators: 'authors',
  date: 'year',
  abstractNote: 'abstract',
  DOI: 'DOI',
  publicationTitle: 'venue',
  proceedingsTitle: 'venue',
  item_type: 'kind',
  pages: 'pages',
}

function fieldWord(field: string): string {
  return fieldWords[field] ?? field
}
