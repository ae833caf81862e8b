import { IconCircleX, IconFileOff, IconLock, IconMapPinOff, IconPlayerStop } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { ApiProblem, isProblem } from '../../api/problem'
import type { ItemFile, ItemKey, LibraryId } from '../../api/types'
import { documentTexts } from '../../texts/document'
import { Button } from '../../ui/Button'
import { PasswordField } from '../../ui/Field'
import { Notice } from '../../ui/Notice'
import { downloadUrl, postPassword, postReadAgain } from './document-queries'
import { saveFile } from './use-host'
import classes from './FileNotice.module.css'

type FileNoticeProps =
  | { kind: 'no-file'; library: LibraryId }
  | { kind: 'locked' | 'failed' | 'stopped'; file: ItemFile; itemKey: ItemKey; library: LibraryId; onRetry: () => void }
  | { kind: 'error'; error: Error; library: LibraryId; onRetry: () => void }

/** Why the paper cannot be read, and what to do. */
export function FileNotice(props: FileNoticeProps) {
  switch (props.kind) {
    case 'no-file':
      return (
        <Notice
          sign={<IconFileOff size={32} stroke={1.6} />}
          title={documentTexts.noFileTitle}
          actions={<ToLibrary library={props.library} />}
        >
          {documentTexts.noFileBody}
        </Notice>
      )
    case 'locked':
      return <Locked {...props} />
    case 'failed':
    case 'stopped':
      return <Unread {...props} isStopped={props.kind === 'stopped'} />
    case 'error':
      return <Trouble {...props} />
  }
}

interface UnreadProps {
  file: ItemFile
  library: LibraryId
  isStopped: boolean
  onRetry: () => void
}

/** The reader failed at the file, or somebody stopped it; whoever may, has it read again. */
function Unread({ file, library, isStopped, onRetry }: UnreadProps) {
  const [trouble, setTrouble] = useState<string | null>(null)
  const again = () =>
    postReadAgain(library, file.key).then(onRetry, (error: unknown) =>
      setTrouble(error instanceof Error ? error.message : String(error)),
    )
  return (
    <Notice
      sign={isStopped ? <IconPlayerStop size={32} stroke={1.6} /> : <IconCircleX size={32} stroke={1.6} />}
      title={isStopped ? documentTexts.stoppedTitle : documentTexts.failedTitle}
      foot={trouble ?? undefined}
      actions={
        <>
          <Button variant="filled" onClick={() => void again()}>
            {isStopped ? documentTexts.readIt : documentTexts.readAgain}
          </Button>
          <Button onClick={() => saveFile(downloadUrl(library, file.key))}>{documentTexts.download}</Button>
          <ToLibrary library={library} />
        </>
      }
    >
      {isStopped ? documentTexts.stoppedBody : `${file.error?.message ?? ''} ${documentTexts.failedBody}`}
    </Notice>
  )
}

function Trouble({ error, library, onRetry }: { error: Error; library: LibraryId; onRetry: () => void }) {
  const isGone = isProblem(error, 404) || isProblem(error, 403)
  const foot =
    error instanceof ApiProblem && error.requestId ? documentTexts.request(error.requestId) : undefined
  return (
    <Notice
      sign={isGone ? <IconMapPinOff size={32} stroke={1.6} /> : <IconCircleX size={32} stroke={1.6} />}
      title={isGone ? documentTexts.notFoundTitle : documentTexts.troubleTitle}
      foot={foot}
      actions={
        <>
          {!isGone && (
            <Button variant="filled" onClick={onRetry}>
              {documentTexts.retry}
            </Button>
          )}
          <ToLibrary library={library} />
        </>
      }
    >
      {isGone ? documentTexts.notFoundBody : `${error.message} ${documentTexts.troubleSafe}`}
    </Notice>
  )
}

interface LockedProps {
  itemKey: ItemKey
  library: LibraryId
  onRetry: () => void
}

function Locked({ itemKey, library, onRetry }: LockedProps) {
  const [password, setPassword] = useState('')
  const [isSending, setSending] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const unlock = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    setTrouble(null)
    try {
      await postPassword(library, itemKey, password)
      onRetry()
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
    } finally {
      setSending(false)
    }
  }
  return (
    <Notice
      sign={<IconLock size={32} stroke={1.6} />}
      title={documentTexts.lockedTitle}
      actions={<ToLibrary library={library} />}
    >
      {documentTexts.lockedBody}
      <form className={classes.form} onSubmit={(event) => void unlock(event)}>
        <PasswordField
          label={documentTexts.password}
          value={password}
          error={trouble}
          autoComplete="off"
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button variant="filled" type="submit" busy={isSending ? documentTexts.unlocking : undefined}>
          {documentTexts.unlock}
        </Button>
      </form>
    </Notice>
  )
}

function ToLibrary({ library }: { library: LibraryId }) {
  const navigate = useNavigate()
  return (
    <Button onClick={() => void navigate({ to: '/libraries/$library', params: { library } })}>
      {documentTexts.toLibrary}
    </Button>
  )
}
