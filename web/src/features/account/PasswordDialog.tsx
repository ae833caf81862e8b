import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useId, useState } from 'react'
import { api } from '../../api/client'
import { isProblem } from '../../api/problem'
import { shortestPassword } from '../../lib/password'
import { accountTexts as texts, setupTexts } from '../../texts/account'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { PasswordField } from '../../ui/Field'
import { PasswordMeter } from '../../ui/PasswordMeter'
import { showToast } from '../../ui/toasts'
import classes from './SignIn.module.css'

interface PasswordDialogProps {
  opened: boolean
  onClose: () => void
}

export function PasswordDialog({ opened, onClose }: PasswordDialogProps) {
  const form = useId()
  const [old, setOld] = useState('')
  const [next, setNext] = useState('')
  const [checked, setChecked] = useState(false)
  const change = useMutation({
    mutationFn: () => api.PATCH('/session/password', { body: { old, new: next } }),
    onSuccess: () => {
      showToast({ message: texts.passwordSaved })
      close()
    },
  })
  const close = () => {
    setOld('')
    setNext('')
    setChecked(false)
    change.reset()
    onClose()
  }
  const short = [...next].length < shortestPassword
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!short) change.mutate()
  }
  const isNewWrong = isProblem(change.error) && change.error.field !== undefined && change.error.field !== 'old'
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={texts.changePassword}
      width={480}
      footer={
        <>
          <Button variant="subtle" onClick={close}>
            {texts.cancel}
          </Button>
          <Button type="submit" form={form} variant="filled" busy={change.isPending ? texts.saving : undefined}>
            {texts.change}
          </Button>
        </>
      }
    >
      <form id={form} className={classes.form} onSubmit={submit} noValidate>
        <PasswordField
          label={texts.oldPassword}
          autoComplete="current-password"
          data-autofocus
          value={old}
          onChange={(event) => setOld(event.currentTarget.value)}
          error={isNewWrong ? undefined : change.error?.message}
        />
        <PasswordField
            label={texts.newPassword}
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            hint={setupTexts.passwordHint}
            error={checked && short ? setupTexts.passwordShort : isNewWrong ? change.error?.message : undefined}
            below={<PasswordMeter password={next} />}
          />
      </form>
    </Dialog>
  )
}
