import { passwordStrength } from '../lib/password'
import { uiTexts } from '../texts/ui'
import classes from './PasswordMeter.module.css'
import { ProgressBar } from './ProgressBar'

/** How good a new password is, while it is typed. */
export function PasswordMeter({ password }: { password: string }) {
  const { part, grade } = passwordStrength(password)
  const word = password === '' ? '' : uiTexts.passwordGrades[grade]
  return (
    <div className={classes.meter}>
      <ProgressBar label={uiTexts.passwordStrength(word)} value={part} tone={grade === 'strong' ? 'ok' : 'warn'} />
      <span className={classes.word} data-grade={grade} aria-live="polite">
        {word}
      </span>
    </div>
  )
}
