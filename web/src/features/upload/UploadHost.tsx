import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { IconFileUpload, IconFolderPlus } from '@tabler/icons-react'
import { useCommands } from '../../actions/commands'
import { onUploadRequest, requestUpload } from '../../lib/upload-requests'
import { uploadTexts as t } from '../../texts/upload'
import { showToast } from '../../ui/toasts'
import { chooseFiles, chooseFolder, type Found } from './collect'
import { type DropPlace, DropSurface } from './DropSurface'
import type { Target } from './engine'
import { useUploadTarget } from './use-target'

const loadDesk = () => import('./UploadDesk')
const UploadDesk = lazy(() => loadDesk().then((module) => ({ default: module.UploadDesk })))

/** Files that were taken, with where they go. */
export interface Taken {
  found: Found[]
  target: Target
}

/**
 * Owns the uploads of this tab. Stands above the pages, so that uploads go on while somebody reads.
 * Only the surface is here from the start; what sends is loaded when the page is quiet or files come near.
 */
export function UploadHost() {
  const { target, name, refusal } = useUploadTarget()
  const [wanted, setWanted] = useState(false)
  const taken = useRef<Taken[]>([])
  const take = useRef<((taken: Taken) => void) | null>(null)

  const give = useCallback((next: Taken) => {
    if (take.current !== null) take.current(next)
    else taken.current.push(next)
    setWanted(true)
  }, [])
  const connect = useCallback((takes: ((taken: Taken) => void) | null) => {
    take.current = takes
    if (takes === null) return
    for (const waiting of taken.current.splice(0)) takes(waiting)
  }, [])

  const onFiles = (found: Found[], place: DropPlace) => {
    const goal = targetOf(place, target)
    if (goal !== null) give({ found, target: goal })
  }
  const onRefused = () => showToast({ message: `${refusal ?? ''} ${t.readOnlyHint}` })

  useEffect(() => whenQuiet(() => setWanted(true)), [])
  useEffect(
    () =>
      onUploadRequest(({ choose, attachTo }) => {
        const goal: Target | null =
          attachTo === undefined ? target : { library: attachTo.library, collection: null, parent: attachTo.item }
        if (goal === null) return
        if (refusal !== null && attachTo === undefined) return onRefused()
        const chosen = (found: Found[]) => give({ found, target: goal })
        void (choose === 'files' ? chooseFiles(chosen) : chooseFolder(chosen))
      }),
    [target?.library, target?.collection, refusal],
  )
  const isEnabled = () => (refusal === null ? true : ({ because: refusal } as const))
  useCommands([
    {
      id: 'add.files',
      label: t.commandFiles,
      group: 'library',
      icon: IconFileUpload,
      shortcut: 'U',
      keywords: 'pdf upload add drop import',
      isEnabled,
      perform: () => requestUpload({ choose: 'files' }),
    },
    {
      id: 'add.folder',
      label: t.commandFolder,
      group: 'library',
      icon: IconFolderPlus,
      keywords: 'pdf upload add directory import',
      isEnabled,
      perform: () => requestUpload({ choose: 'folder' }),
    },
  ])

  return (
    <>
      <DropSurface
        placeName={name}
        refusal={refusal}
        onFiles={onFiles}
        onRefused={onRefused}
        onIntent={() => void loadDesk()}
      />
      {wanted && (
        <Suspense fallback={null}>
          <UploadDesk placeName={name} onReady={connect} />
        </Suspense>
      )}
    </>
  )
}

function targetOf(place: DropPlace, here: Target | null): Target | null {
  if (place.item !== null && place.library !== null)
    return { library: place.library, collection: null, parent: place.item }
  if (place.library !== null) return { library: place.library, collection: place.collection, parent: null }
  return here
}

/** Calls once the browser has nothing better to do. */
function whenQuiet(then: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(then, 1500)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(then, { timeout: 4000 })
  return () => cancelIdleCallback(handle)
}
