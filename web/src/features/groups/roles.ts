import type { LibraryRole } from '../../api/types'
import { groupTexts as texts } from '../../texts/admin'
import type { SelectOption } from '../../ui/Field'

const all: readonly LibraryRole[] = ['reader', 'commenter', 'editor', 'admin', 'owner']

/** Nobody gives more than they have themselves. */
export function assignableRoles(mine: LibraryRole): readonly LibraryRole[] {
  return all.slice(0, all.indexOf(mine) + 1)
}

export function roleOptions(roles: readonly LibraryRole[]): SelectOption<LibraryRole>[] {
  return roles.map((role) => ({ value: role, label: texts.roles[role] }))
}
