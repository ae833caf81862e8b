import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api/client'
import { librariesQuery, membersQuery, sessionQuery } from '../../api/queries'
import type { Library, LibraryRole, Member } from '../../api/types'
import { groupTexts as texts } from '../../texts/admin'
import { Badge } from '../../ui/Badge'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/Field'
import { PersonCell } from '../../ui/PersonCell'
import { showToast } from '../../ui/toasts'
import classes from './Groups.module.css'
import { assignableRoles, roleOptions } from './roles'

interface MemberRowProps {
  library: Library
  member: Member
  members: readonly Member[]
}

export function MemberRow({ library, member, members }: MemberRowProps) {
  const { data: session } = useQuery(sessionQuery())
  const isSelf = session?.user.username === member.username
  const acts = useMemberActs(library, member, isSelf)
  const isOnlyOwner = member.role === 'owner' && members.filter((each) => each.role === 'owner').length === 1
  const manages = library.role === 'owner' || (library.role === 'admin' && member.role !== 'owner')
  return (
    <tr>
      <td>
        <PersonCell
          name={member.display_name}
          badges={isSelf ? <Badge tone="accent">{texts.you}</Badge> : undefined}
        >
          {member.username}
        </PersonCell>
      </td>
      <td>
        <div className={classes.role}>
          {manages && !isOnlyOwner ? (
            <SelectField
              label={texts.roleOf(member.display_name)}
              labelHidden
              small
              value={acts.pendingRole ?? member.role}
              options={roleOptions(assignableRoles(library.role))}
              onChange={acts.setRole}
            />
          ) : (
            <>
              {texts.roles[member.role]}
              {manages && isOnlyOwner && <div className={classes.second}>{texts.onlyOwner}</div>}
            </>
          )}
        </div>
      </td>
      <td className={classes.end}>
        {(manages || isSelf) && (
          <Button
            size="xs"
            variant="danger"
            disabledReason={isOnlyOwner ? texts.onlyOwner : undefined}
            onClick={acts.remove}
          >
            {isSelf ? texts.leave : texts.remove}
          </Button>
        )}
      </td>
    </tr>
  )
}

function useMemberActs(library: Library, member: Member, isSelf: boolean) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const params = { path: { library: library.id, username: member.username } }
  const refresh = () => queries.invalidateQueries({ queryKey: membersQuery(library.id).queryKey })
  const onError = (error: Error) => showToast({ message: error.message })
  const put = useMutation({
    mutationFn: (role: LibraryRole) => api.PUT('/libraries/{library}/members/{username}', { params, body: { role } }),
    onError,
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: () => api.DELETE('/libraries/{library}/members/{username}', { params }),
    onError,
    onSuccess: async () => {
      if (!isSelf) {
        showToast({ message: texts.removed(member.display_name), undo: () => put.mutate(member.role) })
        return
      }
      showToast({ message: texts.left(library.name) })
      await queries.invalidateQueries({ queryKey: librariesQuery().queryKey })
      await navigate({ to: '/' })
    },
    onSettled: refresh,
  })
  return {
    setRole: (role: LibraryRole) => put.mutate(role),
    pendingRole: put.isPending ? put.variables : undefined,
    remove: () => remove.mutate(),
  }
}
