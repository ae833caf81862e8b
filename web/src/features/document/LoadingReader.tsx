import { IconArrowLeft } from '@tabler/icons-react'
import type { ItemFile } from '../../api/types'
import { documentTexts } from '../../texts/document'
import { readerTexts } from '../../texts/reader'
import { Arc } from '../../ui/Arc'
import { IconButton } from '../../ui/IconButton'
import { SkeletonBar } from '../../ui/Skeleton'
import classes from './LoadingReader.module.css'

interface LoadingReaderProps {
  title: string
  /** Given while the file waits or is being read and nothing of it is known. */
  file?: ItemFile
  onClose: () => void
}

/** The reader before its pages: what is known at once, the rest as grey bars at their true places. */
export function LoadingReader({ title, file, onClose }: LoadingReaderProps) {
  return (
    <div className={classes.frame} aria-busy="true">
      <header className={classes.bar}>
        <IconButton
          label={readerTexts.back}
          shortcut="Escape"
          icon={<IconArrowLeft size={18} stroke={1.6} />}
          onClick={onClose}
        />
        {title === '' ? <SkeletonBar width={260} tall /> : <h1 className={classes.title}>{title}</h1>}
      </header>
      <div className={classes.main}>
        <aside className={classes.left}>
          {[120, 96, 150, 132, 140, 110, 84].map((width, index) => (
            <SkeletonBar key={index} width={width} />
          ))}
        </aside>
        <main className={classes.desk}>
          <div className={classes.paper}>{file === undefined ? null : <PaperLines />}</div>
          {file !== undefined && (
            <p className={classes.pill} role="status">
              <Arc />
              {file.state === 'waiting' ? documentTexts.waiting : documentTexts.readingBody}
            </p>
          )}
        </main>
      </div>
    </div>
  )
}

function PaperLines() {
  return Array.from({ length: 24 }, (_, index) => (
    <SkeletonBar key={index} width={index % 6 === 5 ? '55%' : '100%'} />
  ))
}
