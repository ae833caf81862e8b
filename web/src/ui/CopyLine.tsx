import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { uiTexts } from '../texts/ui'
import classes from './CopyLine.module.css'
import { IconButton } from './IconButton'

/** A command, key or link that can be copied by one press. */
export function CopyLine({ text }: { text: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = window.setTimeout(() => setCopied(false), 2000)
    return () => window.clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <div className={classes.line}>
      <code>{text}</code>
      <IconButton
        size="sm"
        label={copied ? uiTexts.copied : uiTexts.copy}
        icon={copied ? <IconCheck size={16} stroke={1.6} /> : <IconCopy size={16} stroke={1.6} />}
        onClick={() => void copy()}
      />
    </div>
  )
}
