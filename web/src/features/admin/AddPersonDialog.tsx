import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useId, useState } from 'react'
import { api, bodyOf } from '../../api/client'
import { isProblem } from '../../api/problem'
import { adminUsersQuery } from '../../api/queries'
import type { ServerRole } from '../../api/types'
import type { AccountFault, AccountForm } from '../../lib/account-form'
import { accountFaults, withName } from '../../lib/account-form'
import { setupTexts } from '../../texts/account'
import { peopleTexts as texts } from '../../texts/admin'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { SelectField, TextField } from '../../ui/Field'
import { Message } from '../../ui/Message'
import { showToast } from '../../ui/toasts'
import classes from './Admin.module.css'
import { FirstPassword } from './FirstPassword'

const words: Record<AccountFault, string> = {
  missing: setupTexts.missing,
  username: setupTexts.usernameWrong,
  email: setupTexts.emailWrong,
  'password-short': setupTexts.passwordShort,
}

const roles = [
  { value: 'member', label: texts.roles.member },
  { value: 'admin', label: texts.roles.admin },
] as const

interface NewPerson extends AccountForm {
  role: ServerRole
}

export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const id = useId()
  const queries = useQueryClient()
  const [form, setForm] = useState<NewPerson>({ display_name: '', username: '', email: '', password: '', role: 'member' })
  const [checked, setChecked] = useState(false)
  const add = useMutation({
    mutationFn: (body: NewPerson) => bodyOf(api.POST('/admin/users', { body })),
    onSuccess: (user) => {
      showToast({ message: texts.added(user.display_name) })
      onClose()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: adminUsersQuery().queryKey }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (Object.keys(accountFaults(form)).length === 0) add.mutate({ ...form, email: form.email.trim() })
  }
  const refused = isProblem(add.error) ? add.error : null
  const errorOf = (field: keyof AccountForm) => {
    const fault = checked ? accountFaults(form)[field] : undefined
    return fault === undefined ? (refused?.field === field ? refused.message : undefined) : words[fault]
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={texts.addTitle}
      footer={
        <>
          <Button variant="subtle" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" form={id} variant="filled" busy={add.isPending ? texts.adding : undefined}>
            {texts.add}
          </Button>
        </>
      }
    >
      <form id={id} className={classes.form} onSubmit={submit} noValidate autoComplete="off">
        <div className={classes.pair}>
          <TextField
            label={texts.name}
            data-autofocus
            value={form.display_name}
            onChange={(event) => setForm(withName(form, event.currentTarget.value))}
            error={errorOf('display_name')}
          />
          <TextField
            label={texts.username}
            autoCapitalize="none"
            spellCheck={false}
            value={form.username}
            onChange={(event) => setForm({ ...form, username: event.currentTarget.value })}
            error={errorOf('username')}
          />
        </div>
        <div className={classes.pair}>
          <TextField
            label={texts.email}
            type="email"
            value={form.email}
            onChange={(event) => setForm({ ...form, email: event.currentTarget.value })}
            error={errorOf('email')}
          />
          <SelectField
            label={texts.role}
            value={form.role}
            options={roles}
            onChange={(role) => setForm({ ...form, role })}
          />
        </div>
        <FirstPassword
          label={texts.password}
          value={form.password}
          onChange={(password) => setForm({ ...form, password })}
          error={errorOf('password')}
        />
        {add.error !== null && refused?.field === undefined && <Message tone="err">{add.error.message}</Message>}
      </form>
    </Dialog>
  )
}
