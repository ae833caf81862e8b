import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { placeQuery, sessionQuery } from '../../api/queries'
import { signInTexts as texts } from '../../texts/account'
import { Logo } from '../../ui/Logo'
import { useDocumentTitle } from '../../ui/useDocumentTitle'
import classes from './SignIn.module.css'
import { SignInForm } from './SignInForm'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { next } = route.useSearch()
  const router = useRouter()
  const queries = useQueryClient()
  const { data: place } = useQuery(placeQuery())
  useDocumentTitle(texts.title)
  const goOn = async () => {
    queries.clear()
    await queries.fetchQuery(sessionQuery())
    router.history.push(localAddress(next))
  }
  return (
    <div className={classes.page}>
      <main className={classes.column}>
        <div className={classes.head}>
          <Logo size={40} />
          <h1>{place?.server_name || 'ScrollKeeper'}</h1>
          <p>{window.location.host}</p>
        </div>
        <SignInForm onDone={() => void goOn()} />
        <p className={classes.note}>{texts.forgot}</p>
      </main>
    </div>
  )
}

/** Only an address of this server is gone to. */
function localAddress(next: string | undefined): string {
  return next !== undefined && next.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/'
}
