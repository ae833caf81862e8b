import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconArrowRight, IconLinkOff } from '@tabler/icons-react'
import type { FormEvent } from 'react'
import { useId, useState } from 'react'
import { api } from '../../api/client'
import { isProblem } from '../../api/problem'
import { placeQuery } from '../../api/queries'
import type { AccountForm } from '../../lib/account-form'
import { accountFaults } from '../../lib/account-form'
import { setupTexts as texts, signInTexts } from '../../texts/account'
import { Button, buttonClass } from '../../ui/Button'
import { CopyLine } from '../../ui/CopyLine'
import { Message } from '../../ui/Message'
import { Notice } from '../../ui/Notice'
import { AccountFields } from './AccountFields'
import { SetupFrame } from './SetupFrame'

const route = getRouteApi('/setup/$token')

export interface SetupForm extends AccountForm {
  server_name: string
}

const empty: SetupForm = { display_name: '', username: '', email: '', password: '', server_name: '' }

/** The first page ever seen: makes the administrator's account. */
export function SetupPage() {
  const { data: place } = useQuery(placeQuery())
  const [saved, setSaved] = useState(false)
  return place?.done === true && !saved ? <UsedLink /> : <AdministratorStep onSaved={() => setSaved(true)} />
}

function AdministratorStep({ onSaved }: { onSaved: () => void }) {
  const { token } = route.useParams()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const id = useId()
  const [form, setForm] = useState(empty)
  const [checked, setChecked] = useState(false)
  const save = useMutation({
    mutationFn: (body: SetupForm) => api.POST('/setup', { body: { ...trimmed(body), token } }),
    onSuccess: async () => {
      onSaved()
      queries.clear()
      await navigate({ to: '/setup/papers' })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (Object.keys(accountFaults(form)).length === 0) save.mutate(form)
  }
  if (isProblem(save.error, 410) || isProblem(save.error, 409)) return <UsedLink />
  const fieldError = isProblem(save.error) && save.error.field !== undefined ? save.error : null
  const isWrongLink = isProblem(save.error) && (save.error.status === 401 || save.error.status === 403 || save.error.status === 404)
  return (
    <SetupFrame
      step={1}
      title={texts.title}
      lead={texts.lead}
      foot={
        <Button
          type="submit"
          form={id}
          variant="filled"
          size="lg"
          busy={save.isPending ? texts.saving : undefined}
          iconAfter={<IconArrowRight size={16} stroke={1.6} aria-hidden="true" />}
        >
          {texts.save}
        </Button>
      }
    >
      <AccountFields
        id={id}
        form={form}
        faults={checked ? accountFaults(form) : {}}
        refused={fieldError}
        onChange={setForm}
        onSubmit={submit}
      />
      {save.error !== null && fieldError === null && (
        <Message tone="err" title={isWrongLink ? texts.wrongTitle : undefined}>
          {isWrongLink ? texts.wrongBody : save.error.message}
        </Message>
      )}
    </SetupFrame>
  )
}

function trimmed(form: SetupForm): SetupForm {
  const { display_name, username, email, password, server_name } = form
  return {
    display_name: display_name.trim(),
    username: username.trim(),
    email: email.trim(),
    password,
    server_name: server_name.trim(),
  }
}

function UsedLink() {
  return (
    <Notice
      sign={<IconLinkOff size={32} stroke={1.6} aria-hidden="true" />}
      title={texts.usedTitle}
      actions={
        <Link to="/sign-in" className={buttonClass('filled', 'lg')}>
          {signInTexts.submit}
        </Link>
      }
      foot={texts.usedSafe}
    >
      <p>{texts.usedBody}</p>
      <p>{texts.usedOther}</p>
      <CopyLine text={texts.usedCommand} />
    </Notice>
  )
}
