import { useState } from 'react'
import { Button } from './Button.tsx'
import { Field } from './Field.tsx'
import { more } from './moreWords.ts'
import { Section } from './Section.tsx'
import { useSaving } from './useSaving.ts'

type Props = {
  title: string
  name: string
  maxLength: number
  /** Resolves to why it could not be given, or null. */
  onSave: (name: string) => Promise<string | null>
}

/** What somebody or something is called, and how it is called something else. */
export function NameSection({ title, name, maxLength, onSave }: Props) {
  // Null until it is touched: what somebody else has changed meanwhile stays.
  const [wanted, setWanted] = useState<string | null>(null)
  const { saved, problem, form } = useSaving(async () => {
    const refused = await onSave(wanted ?? name)
    // What was typed meanwhile is wanted still.
    if (refused === null) setWanted((newest) => (newest === wanted ? null : newest))
    return refused
  })

  return (
    <Section title={title}>
      <form className="line" {...form}>
        <Field
          label={title}
          bare
          value={wanted ?? name}
          maxLength={maxLength}
          error={problem}
          onChange={({ target }) => setWanted(target.value)}
        />
        <Button look="line" type="submit">
          {more.save}
        </Button>
      </form>
      <Saved shown={saved} />
    </Section>
  )
}

/** Said beside what was saved, until it is changed again. */
export const Saved = ({ shown }: { shown: boolean }) => <p role="status">{shown && more.saved}</p>
