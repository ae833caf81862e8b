import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconDots, IconFile, IconFileText, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { api, apiUrl, ifMatch } from '../../api/client'
import { useIsStopped, useScanState } from '../../api/file-state'
import { useFileJob } from '../../api/live-store'
import { childrenQuery, itemQuery } from '../../api/queries'
import { formatSize } from '../../lib/format'
import { requestUpload } from '../../lib/upload-requests'
import { libraryTexts as t } from '../../texts/library'
import { scanTexts } from '../../texts/scans'
import { Button } from '../../ui/Button'
import { PasswordField } from '../../ui/Field'
import { IconButton } from '../../ui/IconButton'
import { Menu, type MenuEntry } from '../../ui/Menu'
import { ProgressBar } from '../../ui/ProgressBar'
import { showToast } from '../../ui/toasts'
import classes from './Details.module.css'
import { FileMark } from './FileMark'
import { refreshLibrary } from './item-cache'
import { type Paper, patchItem } from './model'
import { didSomething } from './undo'

interface FilesProps {
  library: number
  paper: Paper
  canEdit: boolean
}

/** The files of a paper: state, opening, downloading, which opens first, passwords. */
export function Files({ library, paper, canEdit }: FilesProps) {
  const { data: children = [] } = useQuery(childrenQuery(library, paper.key))
  const files: Paper[] = children.filter((child) => child.file !== undefined && child.file !== null && !child.trashed)
  return (
    <section>
      <div className={classes.section}>
        <h3>{t.files}</h3>
        {canEdit && (
          <IconButton
            size="sm"
            label={t.attach}
            icon={<IconPlus size={14} stroke={1.6} />}
            onClick={() => requestUpload({ choose: 'files', attachTo: { library, item: paper.key } })}
          />
        )}
      </div>
      {files.length === 0 && <p className={classes.quiet}>{t.noFileYet}</p>}
      <ul className={classes.files}>
        {files.map((file) => (
          <FileRow key={file.key} library={library} paper={paper} file={file} all={files} canEdit={canEdit} />
        ))}
      </ul>
    </section>
  )
}

const noFile = { state: 'other' } as const

interface FileRowProps extends FilesProps {
  file: Paper
  all: readonly Paper[]
}

function FileRow({ library, paper, file, all, canEdit }: FileRowProps) {
  const [asking, setAsking] = useState(false)
  const queries = useQueryClient()
  const job = useFileJob(library, file.key)
  const bytes = file.file
  const stopped = useIsStopped(library, file.key, bytes ?? noFile, file.date_modified)
  const scan = useScanState(library, file.key, bytes ?? undefined)
  if (bytes === undefined || bytes === null) return null
  const refresh = () => refreshLibrary(queries, library)
  const attempt = (act: () => Promise<unknown>) =>
    act()
      .catch((error: unknown) => showToast({ message: error instanceof Error ? error.message : String(error) }))
      .finally(refresh)
  const address = apiUrl(`/libraries/${library}/items/${file.key}/file`)
  const isPdf = (bytes.state as string) !== 'other'
  const isFirst = all[0] === file
  const makeFirst = () => attempt(() => orderFiles(library, [file, ...all.filter((each) => each !== file)]))
  const trash = () =>
    attempt(async () => {
      await api.DELETE('/libraries/{library}/items/{key}', { params: { path: { library, key: file.key } }, headers: ifMatch('*') })
      didSomething(t.fileTrashed(bytes.name), () =>
        attempt(() => patchItem(library, file.key, { trashed: false }, '*')),
      )
    })
  const readAgain = () =>
    void attempt(async () => {
      await api.POST('/libraries/{library}/items/{key}/read-again', { params: { path: { library, key: file.key } } })
      showToast({ message: t.readingAgain(bytes.name) })
    })
  const isDue = canEdit && (bytes.state === 'failed' || stopped)
  const mayReadAgain = isDue || (canEdit && isPdf && !['waiting', 'reading', 'locked'].includes(bytes.state))
  const entries: MenuEntry[] = [
    { label: t.download, onSelect: () => download(address, bytes.name) },
    ...(all.length > 1 && !isFirst && canEdit ? [{ label: t.makeFirst, onSelect: makeFirst }] : []),
    ...(mayReadAgain ? [{ label: stopped ? t.readIt : t.retryReading, onSelect: readAgain }] : []),
    ...(canEdit ? (['rule', { label: t.trashFile, danger: true, onSelect: trash }] as const) : []),
  ]
  const meta = [bytes.pages == null ? '' : `${bytes.pages} p`, formatSize(bytes.size_bytes)]
    .filter((part) => part !== '')
    .join(' · ')
  const isRunning =
    job?.state === 'running' &&
    job.pages !== undefined &&
    job.pages > 0 &&
    (bytes.state === 'waiting' || bytes.state === 'reading' || scan?.kind === 'recognising')
  const name = (
    <>
      {isPdf ? (
        <IconFileText size={16} stroke={1.6} aria-hidden="true" />
      ) : (
        <IconFile size={16} stroke={1.6} aria-hidden="true" />
      )}
      <span className={classes.fileName} dir="auto" title={bytes.name}>
        {bytes.name}
      </span>
    </>
  )
  return (
    <li className={classes.file}>
      <div className={classes.fileLine}>
        {isPdf && (isFirst || paper.file?.key === file.key) ? (
          <Link to="/libraries/$library/items/$key" params={{ library, key: paper.key }} className={classes.fileLink}>
            {name}
          </Link>
        ) : (
          <a
            href={address}
            target={isPdf ? '_blank' : undefined}
            rel="noreferrer"
            download={isPdf ? undefined : bytes.name}
            className={classes.fileLink}
          >
            {name}
          </a>
        )}
        <span className={classes.fileMeta}>{meta}</span>
        <Menu entries={entries}>
          <IconButton size="sm" label={`${t.moreActs}: ${bytes.name}`} icon={<IconDots size={14} stroke={1.6} />} />
        </Menu>
      </div>
      {all.length > 1 && isFirst && <span className={classes.fileState}>{t.opensFirst}</span>}
      {(bytes.state !== 'read' || scan !== null) && isPdf && (
        <span className={classes.fileState}>
          <FileMark library={library} paper={file} words />
          {bytes.state === 'locked' && !asking && canEdit && (
            <Button size="xs" onClick={() => setAsking(true)}>
              {t.enterPassword}
            </Button>
          )}
          {isDue && (
            <Button size="xs" onClick={readAgain}>
              {stopped ? t.readIt : t.retryReading}
            </Button>
          )}
        </span>
      )}
      {isRunning && <ProgressBar label={scan === null ? t.file.reading : scanTexts.mark(scan)} value={(job.page ?? 0) / (job.pages ?? 1)} />}
      {asking && (
        <PasswordForm
          library={library}
          item={file.key}
          onDone={() => {
            setAsking(false)
            refresh()
            void queries.invalidateQueries({ queryKey: itemQuery(library, paper.key).queryKey })
          }}
        />
      )}
    </li>
  )
}

async function orderFiles(library: number, files: readonly Paper[]): Promise<void> {
  for (const [order, file] of files.entries()) {
    await patchItem(library, file.key, { order }, '*')
  }
}

function download(address: string, name: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}

function PasswordForm({ library, item, onDone }: { library: number; item: string; onDone: () => void }) {
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (password === '') return
    setBusy(true)
    try {
      await api.POST('/libraries/{library}/items/{key}/password', { params: { path: { library, key: item } }, body: { password } })
      onDone()
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause))
    }
    setBusy(false)
  }
  return (
    <form
      className={classes.password}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <PasswordField
        label={t.password}
        labelHidden
        small
        autoFocus
        autoComplete="off"
        placeholder={t.password}
        value={password}
        error={error}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button size="sm" type="submit" busy={busy ? t.unlocking : undefined}>
        {t.unlock}
      </Button>
    </form>
  )
}
