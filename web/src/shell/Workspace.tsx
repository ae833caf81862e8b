import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useKeyboardCommands } from '../actions/keyboard'
import { startLive, stopLive } from '../api/live'
import { librariesQuery, sessionQuery } from '../api/queries'
import { SlotProvider } from '../ui/Slots'
import { Overlays } from './Overlays'
import { useShellCommands } from './useShellCommands'

/** Around every page of somebody signed in: keys, palette, the live connection. */
export function Workspace({ children }: { children: ReactNode }) {
  useKeyboardCommands()
  useShellCommands()
  useLiveLibraries()
  return (
    <SlotProvider>
      {children}
      <Overlays />
    </SlotProvider>
  )
}

function useLiveLibraries(): void {
  const queries = useQueryClient()
  const { data: session } = useQuery(sessionQuery())
  const { data: libraries } = useQuery(librariesQuery())
  const user = session?.user.id
  const set = libraries?.map((library) => library.id).join(',')
  useEffect(() => {
    if (user === undefined || libraries === undefined) return
    startLive(queries, libraries)
    // The versions inside `libraries` change with every write; only another set needs a new subscription.
  }, [queries, user, set])
  useEffect(() => stopLive, [])
}
