import { madePassword } from '../../lib/made-password'
import { peopleTexts as texts } from '../../texts/admin'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/Field'
import classes from './Admin.module.css'

interface FirstPasswordProps {
  label: string
  value: string
  onChange: (password: string) => void
  error?: string | null
}

/** A password that is passed on by hand, so it is shown; may be made up by the page. */
export function FirstPassword({ label, value, onChange, error }: FirstPasswordProps) {
  const make = () => onChange(madePassword((count) => crypto.getRandomValues(new Uint8Array(count))))
  return (
    <div className={classes.line}>
      <TextField
        label={label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        hint={texts.addNote}
        error={error}
      />
      <Button size="lg" onClick={make}>
        {texts.makePassword}
      </Button>
    </div>
  )
}
