import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconDots, IconKey, IconUserCheck, IconUserOff } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api/client'
import { adminUsersQuery, sessionQuery } from '../../api/queries'
import type { ServerRole, User } from '../../api/types'
import { peopleTexts as texts } from '../../texts/admin'
import { Badge } from '../../ui/Badge'
import { SelectField } from '../../ui/Field'
import { IconButton } from '../../ui/IconButton'
import type { MenuEntry } from '../../ui/Menu'
import { Menu } from '../../ui/Menu'
import { PersonCell } from '../../ui/PersonCell'
import { Time } from '../../ui/Time'
import { showToast } from '../../ui/toasts'
import classes from './Admin.module.css'
import { NewPasswordDialog } from './NewPasswordDialog'

export interface UserPatch {
  role?: ServerRole
  disabled?: boolean
  password?: string
}

/** Changes a person, and tells of it with the way back. */
export function useChangeUser(user: User) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (patch: UserPatch) => api.PATCH('/admin/users/{id}', { params: { path: { id: user.id } }, body: patch }),
    onError: (error) => showToast({ message: error.message }),
    onSettled: () => queries.invalidateQueries({ queryKey: adminUsersQuery().queryKey }),
  })
}

const roles = [
  { value: 'member', label: texts.roles.member },
  { value: 'admin', label: texts.roles.admin },
] as const

export function PersonRow({ user }: { user: User }) {
  const { data: session } = useQuery(sessionQuery())
  const change = useChangeUser(user)
  const isSelf = session?.user.id === user.id
  const setRole = (role: ServerRole) =>
    change.mutate(
      { role },
      {
        onSuccess: () =>
          showToast({
            message: texts.roleToast(user.display_name, role),
            undo: () => change.mutate({ role: user.role }),
          }),
      },
    )
  return (
    <tr>
      <td>
        <Person user={user} isSelf={isSelf} />
      </td>
      <td>
        <div className={classes.role}>
          {isSelf ? <>{texts.roles[user.role]}<div className={classes.second}>{texts.notYourself}</div></> : <SelectField
            label={texts.roleOf(user.display_name)}
            labelHidden
            small
            value={change.variables?.role ?? user.role}
            options={roles}
            onChange={setRole}
          />}
        </div>
      </td>
      <td>{user.last_seen_at == null ? texts.never : <Time at={user.last_seen_at} />}</td>
      <td className={classes.end}>
        <PersonMenu user={user} isSelf={isSelf} />
      </td>
    </tr>
  )
}

function Person({ user, isSelf }: { user: User; isSelf: boolean }) {
  return (
    <PersonCell
      name={user.display_name}
      badges={
        <>
          {isSelf && <Badge tone="accent">{texts.you}</Badge>}
          {user.disabled && <Badge>{texts.deactivated}</Badge>}
        </>
      }
    >
      {user.username} · {user.email}
    </PersonCell>
  )
}

function PersonMenu({ user, isSelf }: { user: User; isSelf: boolean }) {
  const change = useChangeUser(user)
  const [asking, setAsking] = useState(false)
  const name = user.display_name
  const setDisabled = (disabled: boolean) =>
    change.mutate(
      { disabled },
      {
        onSuccess: () =>
          showToast({
            message: disabled ? texts.deactivatedToast(name) : texts.reactivatedToast(name),
            undo: () => change.mutate({ disabled: !disabled }),
          }),
      },
    )
  const entries: MenuEntry[] = [
    { label: texts.newPassword, icon: <IconKey size={16} stroke={1.6} />, onSelect: () => setAsking(true) },
    'rule',
    user.disabled === true
      ? { label: texts.reactivate, icon: <IconUserCheck size={16} stroke={1.6} />, onSelect: () => setDisabled(false) }
      : {
          label: texts.deactivate,
          icon: <IconUserOff size={16} stroke={1.6} />,
          danger: true,
          disabledReason: isSelf ? texts.notYourself : undefined,
          onSelect: () => setDisabled(true),
        },
  ]
  return (
    <>
      <Menu entries={entries}>
        <IconButton size="sm" label={texts.more(name)} icon={<IconDots size={16} stroke={1.6} />} />
      </Menu>
      {asking && <NewPasswordDialog user={user} onClose={() => setAsking(false)} />}
    </>
  )
}
