import { useStored } from './use-stored'

/** How the paper of a page looks. */
export type PageAppearance = 'paper' | 'dimmed' | 'dark'
export const APPEARANCES = ['paper', 'dimmed', 'dark'] as const

export interface Appearance {
  readonly shown: PageAppearance
  readonly choose: (appearance: PageAppearance) => void
}

/** The chosen appearance; light and dark surroundings each remember their own. */
export function useAppearance(scheme: 'light' | 'dark'): Appearance {
  const light = useStored<PageAppearance>('scrollkeeper.reader.paper.light', 'paper', APPEARANCES)
  const dark = useStored<PageAppearance>('scrollkeeper.reader.paper.dark', 'dark', APPEARANCES)
  const [shown, choose] = scheme === 'dark' ? dark : light
  return { shown, choose }
}
