import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useCommands } from '../../actions/commands'
import { isProblem } from '../../api/problem'
import { sessionQuery } from '../../api/queries'
import type { UploadTask } from '../../lib/upload-task'
import { uploadTexts as t } from '../../texts/upload'
import { Sheet } from '../../ui/Sheet'
import { Fill } from '../../ui/Slots'
import { useWidth } from '../../ui/useWidth'
import { Announcer } from './Announcer'
import { uploadCenter } from './center'
import { chooseFiles, chooseFolder } from './collect'
import { givePassword, readAgain } from './requests'
import { Tray, type TrayActs } from './Tray'
import { nextSize, type TraySize, useTraySize } from './tray-size'
import { TrayLine } from './TrayLine'
import classes from './TrayLine.module.css'
import type { RowActs } from './TrayRow'
import type { Taken } from './UploadHost'
import { useLiveNews } from './use-live-news'
import { useUploadTarget } from './use-target'
import { useUploads } from './use-uploads'

interface UploadDeskProps {
  placeName: string
  /** Gives the function that takes files, and `null` when the desk is closed. */
  onReady: (take: ((taken: Taken) => void) | null) => void
}

/** Everything about uploads that is not needed before the first file: engine, tray, status line, announcements. */
export function UploadDesk({ placeName, onReady }: UploadDeskProps) {
  const { engine, news } = uploadCenter()
  const view = useUploads(engine)
  const params: { key?: string } = useParams({ strict: false })
  const [size, setSize] = useTraySize(view.sums, params.key ?? null)
  const [place, setPlace] = useState(placeName)
  const { data: session } = useQuery(sessionQuery())
  const acts = useActs()
  const isPhone = useWidth() === 'phone'
  useLiveNews(news)

  const user = session?.user.id
  useEffect(() => {
    if (user === undefined) engine.signOut()
    else void engine.signIn(user)
  }, [engine, user])

  useEffect(() => {
    onReady(({ found, target }) => {
      setPlace(placeName)
      engine.add(found, target)
    })
    return () => onReady(null)
  }, [engine, onReady, placeName])

  const isShown = view.sums.total > 0
  useCommands(
    isShown
      ? [
          {
            id: 'upload.size',
            label: t.commandSize,
            group: 'library',
            shortcut: 'Shift+U',
            perform: () => setSize(nextSize(size)),
          },
        ]
      : [],
  )
  return (
    <>
      <Announcer tasks={view.tasks} sums={view.sums} />
      {isShown && <Shown view={view} size={size} place={place} acts={acts} isPhone={isPhone} onSize={setSize} />}
    </>
  )
}

interface ShownProps {
  view: ReturnType<typeof useUploads>
  size: TraySize
  place: string
  acts: RowActs & TrayActs
  isPhone: boolean
  onSize: (size: TraySize) => void
}

function Shown({ view, size, place, acts, isPhone, onSize }: ShownProps) {
  const line = (
    <TrayLine
      view={view}
      isOpen={size !== 'line' && !isPhone}
      onShow={() => onSize('whole')}
      onDismiss={acts.onDismiss}
      onTryNow={acts.onTryNow}
      onResume={acts.onResume}
    />
  )
  if (isPhone) {
    return (
      <>
        {size === 'line' && <div className={`${classes.line} ${classes.floating}`}>{line}</div>}
        <Sheet opened={size !== 'line'} onClose={() => onSize('line')} label={t.trayLabel} side="bottom" size="76%">
          <Tray view={view} place={place} size="whole" acts={acts} onSize={onSize} isSheet />
        </Sheet>
      </>
    )
  }
  return (
    <>
      <Fill slot="status">{line}</Fill>
      {size !== 'line' && <Tray view={view} place={place} size={size} acts={acts} onSize={onSize} />}
    </>
  )
}

function useActs(): RowActs & TrayActs {
  const { engine, news } = uploadCenter()
  const navigate = useNavigate()
  const { target } = useUploadTarget()
  return useMemo(() => {
    const retry = (task: UploadTask) => {
      if (task.state.kind === 'failed' && task.state.retry === 'upload') engine.retry(task.id)
      else if ((task.state.kind === 'failed' || task.state.kind === 'stopped') && task.attachment !== null)
        void readAgain(task.library, task.attachment).catch(() => news.catchUp())
    }
    const add = (found: Parameters<typeof engine.add>[0]) => {
      if (target !== null) engine.add(found, target)
    }
    return {
      onRetry: retry,
      onTryNow: () => engine.tryNow(),
      onCancel: (task) => engine.cancel(task.id),
      onOpen: (library, key) => void navigate({ to: '/libraries/$library/items/$key', params: { library, key } }),
      onDetails: (library, key) =>
        void navigate({
          to: '/libraries/$library',
          params: { library },
          search: (before: object) => ({ ...before, selected: key }),
        }),
      onPassword: async (task, password) => {
        try {
          await givePassword(task.library, task.attachment ?? task.item ?? '', password)
          return null
        } catch (error) {
          return isProblem(error) ? error.message : t.notNow
        }
      },
      onSignIn: () => void navigate({ to: '/sign-in', search: { next: location.pathname + location.search } }),
      onPause: () => engine.pause(),
      onResume: () => engine.resume(),
      onDismiss: () => engine.dismiss(),
      onRetryAll: () => {
        for (const task of engine.store.snapshot()) if (task.state.kind === 'failed') retry(task)
        engine.tryNow()
      },
      onCancelAll: () => engine.cancelAll(),
      onFolders: (on) => engine.setFoldersAsCollections(on),
      onAllowHandles: () => void engine.allowHandles(),
      onChooseFiles: () => void chooseFiles(add),
      onChooseFolder: () => void chooseFolder(add),
      onForgetMissing: () => engine.giveUpMissing(),
    }
  }, [engine, news, navigate, target?.library, target?.collection])
}
