// Brings engine and news together; made once a tab, on first need.
import { UploadEngine } from './engine'
import { News } from './news'

export interface UploadCenter {
  engine: UploadEngine
  news: News
}

let made: UploadCenter | undefined

/** The uploads of this tab. */
export function uploadCenter(): UploadCenter {
  if (made === undefined) {
    const engine = new UploadEngine()
    made = { engine, news: new News(engine.store) }
  }
  return made
}
