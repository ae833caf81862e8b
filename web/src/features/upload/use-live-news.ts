// Brings live messages to the uploads.
import { useEffect } from 'react'
import { onLiveMessage } from '../../api/live'
import { useLive } from '../../api/live-store'
import type { News } from './news'

export function useLiveNews(news: News): void {
  useEffect(
    () =>
      onLiveMessage((message) => {
        if (message.type === 'progress') news.onProgress(message)
        else if (message.type === 'job') news.onJob(message.job)
        else if (message.type === 'jobs') for (const job of message.jobs) news.onJob(job)
        else if (message.type === 'change')
          news.onChanged(
            message.library,
            message.changes.flatMap((change) => change.key ?? []),
          )
        else if (message.type === 'reset') news.catchUp()
      }),
    [news],
  )
  const isOpen = useLive((live) => live.connection.state === 'open')
  useEffect(() => {
    if (isOpen) news.catchUp()
  }, [news, isOpen])
}
