import { useNavigate } from '@tanstack/react-router'
import { IconArrowRight, IconFileUpload } from '@tabler/icons-react'
import { perform, useAllCommands } from '../../actions/commands'
import { setupTexts as texts } from '../../texts/account'
import { Button } from '../../ui/Button'
import { Slot } from '../../ui/Slots'
import classes from './Setup.module.css'
import { SetupFrame } from './SetupFrame'

/** Second and last step: the first papers. Dropping works anywhere in the window, as everywhere. */
export function PapersPage() {
  const navigate = useNavigate()
  const canAdd = useAllCommands().some((command) => command.id === 'add.files')
  return (
    <SetupFrame
      step={2}
      title={texts.papersTitle}
      lead={texts.papersLead}
      foot={
        <Button
          variant="filled"
          size="lg"
          iconAfter={<IconArrowRight size={16} stroke={1.6} aria-hidden="true" />}
          onClick={() => void navigate({ to: '/' })}
        >
          {texts.open}
        </Button>
      }
    >
      <div className={classes.drop}>
        <IconFileUpload size={24} stroke={1.6} aria-hidden="true" />
        <div className={classes.dropWords}>
          <b>{texts.drop}</b>
          <span>{texts.dropHint}</span>
        </div>
        <Button
          size="lg"
          disabledReason={canAdd ? undefined : texts.chooseWait}
          onClick={() => void perform('add.files')}
        >
          {texts.choose}
        </Button>
      </div>
      <Slot name="status" className={classes.uploads} />
    </SetupFrame>
  )
}
