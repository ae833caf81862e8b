import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { api, bodyOf } from '../../api/client'
import { librariesQuery } from '../../api/queries'
import { groupTexts as texts } from '../../texts/admin'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/Field'
import { PageHead } from '../../ui/PageHead'
import classes from './Groups.module.css'

/** Makes a library for several people; its people are added on the next page. */
export function NewGroupPage() {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [checked, setChecked] = useState(false)
  const make = useMutation({
    mutationFn: (name: string) => bodyOf(api.POST('/libraries', { body: { name, kind: 'group' } })),
    onSuccess: async (library) => {
      await queries.invalidateQueries({ queryKey: librariesQuery().queryKey })
      await navigate({ to: '/libraries/$library/members', params: { library: library.id } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (name.trim() !== '') make.mutate(name.trim())
  }
  return (
    <div className={classes.page}>
      <div className={classes.narrow}>
        <PageHead title={texts.newTitle} />
        <p className={classes.lead}>{texts.newLead}</p>
        <form className={classes.form} onSubmit={submit} noValidate>
          <TextField
            label={texts.name}
            autoFocus
            maxLength={255}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            hint={texts.nameHint}
            error={checked && name.trim() === '' ? texts.nameMissing : make.error?.message}
          />
          <div className={classes.buttons}>
            <Button type="submit" variant="filled" busy={make.isPending ? texts.making : undefined}>
              {texts.make}
            </Button>
            <Button variant="subtle" onClick={() => window.history.back()}>
              {texts.cancel}
            </Button>
          </div>
        </form>
      </div>
    </div>
  )
}
