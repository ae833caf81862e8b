import type { MantineColorScheme } from '@mantine/core'
import { useMantineColorScheme } from '@mantine/core'
import { useId } from 'react'
import { accountTexts as texts } from '../../texts/account'
import check from '../../ui/Check.module.css'
import { KeyHint } from '../../ui/KeyHint'
import classes from './ProfilePage.module.css'

const choices: readonly { value: MantineColorScheme; label: string; halves: readonly ('light' | 'dark')[] }[] = [
  { value: 'light', label: texts.light, halves: ['light'] },
  { value: 'dark', label: texts.dark, halves: ['dark'] },
  { value: 'auto', label: texts.asDevice, halves: ['light', 'dark'] },
]

/** Light, dark, or as the device says; changes at once. */
export function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const name = useId()
  return (
    <div className={classes.line}>
      <span className={classes.label} id={`${name}-label`}>
        {texts.colours}
      </span>
      <div className={classes.swatches} role="radiogroup" aria-labelledby={`${name}-label`}>
        {choices.map((choice) => (
          <label key={choice.value} className={classes.swatch}>
            <span className={classes.preview} aria-hidden="true">
              {choice.halves.map((half) => (
                <span key={half} className={classes.half} data-mantine-color-scheme={half}>
                  <i />
                  <i />
                  <i />
                </span>
              ))}
            </span>
            <span className={check.line}>
              <input
                type="radio"
                name={name}
                className={check.radio}
                checked={colorScheme === choice.value}
                onChange={() => setColorScheme(choice.value)}
              />
              {choice.label}
            </span>
          </label>
        ))}
      </div>
      <span className={classes.hint}>
        {texts.switchWith} <KeyHint keys="Shift+L" />
      </span>
    </div>
  )
}
