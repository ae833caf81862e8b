import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { PresentPerson } from '../api/live-messages'
import { useLive } from '../api/live-store'
import { sessionQuery } from '../api/queries'
import { AvatarGroup } from '../ui/Avatar'

const nobody: readonly PresentPerson[] = []

/** Who else has this library open. */
export function PeopleHere() {
  const { library } = useParams({ strict: false })
  const people = useLive((live) => (library === undefined ? undefined : live.presence[library])) ?? nobody
  const { data: session } = useQuery(sessionQuery())
  const names = people
    .filter((person) => person.username !== session?.user.username)
    .map((person) => person.display_name)
  return names.length === 0 ? null : <AvatarGroup names={[...new Set(names)]} size={28} />
}
