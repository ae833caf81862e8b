import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Session } from '../../api/types'
import { sessionQuery } from '../../api/queries'
import { signInTexts as texts } from '../../texts/account'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import classes from './SignIn.module.css'
import { SignInForm } from './SignInForm'

interface SignInAgainProps {
  /** Who was signed in until now. */
  login: string
}

/** Stands over the page when the session has ended, so that nothing open is lost. */
export function SignInAgain({ login }: SignInAgainProps) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [open, setOpen] = useState(true)
  const done = async () => {
    const session: Session | null = await queries.fetchQuery({ ...sessionQuery(), staleTime: 0 })
    if (session?.user.username !== login) {
      queries.clear()
      window.location.assign('/')
      return
    }
    setOpen(false)
    await queries.invalidateQueries()
  }
  const another = () => void navigate({ to: '/sign-in' })
  return (
    <Dialog
      opened={open}
      onClose={() => undefined}
      title={texts.again}
      width={480}
      footer={
        <Button variant="subtle" onClick={another}>
          {texts.another}
        </Button>
      }
    >
      <p className={classes.lead}>{texts.againLead}</p>
      <SignInForm login={login} onDone={() => void done()} />
    </Dialog>
  )
}
