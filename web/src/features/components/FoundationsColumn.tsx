import { IconCloudOff } from '@tabler/icons-react'
import { OfflineLine } from '../../ui/OfflineLine'
import { Avatar, AvatarGroup } from '../../ui/Avatar'
import { Button } from '../../ui/Button'
import { ReadMark, StatusMark } from '../../ui/StatusMark'
import classes from './ComponentsPage.module.css'
import { Section } from './Section'

const scales = ['murex', 'verdigris', 'ochre', 'cinnabar', 'lapis', 'gray', 'dark']
const steps = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
const highlights = ['yellow', 'green', 'blue', 'pink', 'orange', 'purple']

export function FoundationsColumn() {
  return (
    <div>
      <Section title="Type">
        <div className={classes.title24}>Page title 24</div>
        <div className={classes.title20}>Paper title 20</div>
        <div className={classes.title14}>Paper title in a row 14.5</div>
        <div className={classes.title16}>Dialog title 16</div>
        <div>Text and controls 13 on 20</div>
        <div className={classes.quiet}>Second line 12 on 16</div>
        <div className={classes.mono}>10.1109/CVPR.2016.90</div>
      </Section>
      <Section title="Colour scales">
        {scales.map((scale) => (
          <div key={scale} className={classes.scale}>
            {scale}
            {steps.map((step) => (
              <i key={step} style={{ background: `var(--${scale}-${step})` }} />
            ))}
          </div>
        ))}
      </Section>
      <Section title="Highlights">
        <div className={classes.line}>
          {highlights.map((name, index) => (
            <span
              key={name}
              className={classes.highlight}
              style={{ background: `var(--sk-hl-${name})`, borderColor: `var(--sk-hl-${name}-line)` }}
            >
              {index + 1} {name}
            </span>
          ))}
        </div>
      </Section>
      <Section title="Read state and PDF state">
        <div className={classes.three}>
          <ReadState part={0} label="Unread" />
          <ReadState part={0.4} label="Reading, 40%" />
          <ReadState part={1} label="Read" />
          <StatusMark status="ready" label="Ready" />
          <StatusMark status="working" label="Reading pages" />
          <StatusMark status="doubtful" label="Doubtful" />
          <StatusMark status="scanned" label="Scanned" />
          <StatusMark status="absent" label="No PDF" />
          <StatusMark status="locked" label="Locked" />
          <StatusMark status="waiting" label="Waiting" />
          <StatusMark status="failed" label="Failed" />
          <StatusMark status="duplicate" label="Duplicate" />
        </div>
      </Section>
      <Section title="People">
        <div className={classes.line}>
          <Avatar name="Mina K." size={20} />
          <Avatar name="Tomas R." />
          <Avatar name="Aiko S." size={28} />
          <Avatar name="Jonas W." size={32} />
          <Avatar name="Leila B." live />
          <span className={classes.quiet}>here now</span>
          <AvatarGroup names={['Mina K.', 'Tomas R.', 'Priya N.', 'Aiko S.', 'Jonas W.', 'Leila B.', 'Omar F.']} />
        </div>
      </Section>
      <Section title="Without connection">
        <OfflineLine icon={<IconCloudOff size={16} stroke={1.6} aria-hidden="true" />} action={<Button size="xs">Try now</Button>}>
          No connection. 12 papers are kept on this device.
        </OfflineLine>
      </Section>
    </div>
  )
}

function ReadState({ part, label }: { part: number; label: string }) {
  return (
    <span className={classes.state}>
      <ReadMark part={part} label={label} />
      {label}
    </span>
  )
}
