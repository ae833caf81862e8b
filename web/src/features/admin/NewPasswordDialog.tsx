import type { FormEvent } from 'react'
import { useId, useState } from 'react'
import type { User } from '../../api/types'
import { shortestPassword } from '../../lib/password'
import { setupTexts } from '../../texts/account'
import { peopleTexts as texts } from '../../texts/admin'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { showToast } from '../../ui/toasts'
import classes from './Admin.module.css'
import { FirstPassword } from './FirstPassword'
import { useChangeUser } from './PersonRow'

interface NewPasswordDialogProps {
  user: User
  onClose: () => void
}

export function NewPasswordDialog({ user, onClose }: NewPasswordDialogProps) {
  const form = useId()
  const change = useChangeUser(user)
  const [password, setPassword] = useState('')
  const [checked, setChecked] = useState(false)
  const short = [...password].length < shortestPassword
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (short) return
    const onSuccess = () => {
      showToast({ message: texts.passwordSaved(user.display_name) })
      onClose()
    }
    change.mutate({ password }, { onSuccess })
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={texts.passwordTitle(user.display_name)}
      width={480}
      footer={
        <>
          <Button variant="subtle" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" form={form} variant="filled" busy={change.isPending ? texts.saving : undefined}>
            {texts.save}
          </Button>
        </>
      }
    >
      <p className={classes.lead}>{texts.passwordLead}</p>
      <form id={form} className={classes.form} onSubmit={submit} noValidate>
        <FirstPassword
          label={texts.newPasswordLabel}
          value={password}
          onChange={setPassword}
          error={checked && short ? setupTexts.passwordShort : change.error?.message}
        />
      </form>
    </Dialog>
  )
}
