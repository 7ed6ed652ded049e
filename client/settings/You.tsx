import { useState } from 'react'
import { ABOUT_LENGTH, NAME_LENGTH } from '../../protocol/limits.ts'
import type { Person } from '../../protocol/people.ts'
import { usePeopleActions } from '../people/usePeople.ts'
import { useProfile } from '../people/useProfile.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { NameSection, Saved } from '../ui/NameSection.tsx'
import { Section } from '../ui/Section.tsx'
import { Select } from '../ui/Select.tsx'
import { useSaving } from '../ui/useSaving.ts'

const here = new Intl.DateTimeFormat().resolvedOptions().timeZone

/** The own one first: it is the one to choose. */
const zonesFor = (chosen: string): [string, string][] => [
  ['', more.noZone],
  ...[...new Set([here, chosen, ...Intl.supportedValuesOf('timeZone')])]
    .filter(Boolean)
    .map((zone): [string, string] => [zone, zone === here ? more.zoneHere(zone) : zone]),
]

/** What one is called. */
export function Name({ me }: { me: Person }) {
  const { rename } = usePeopleActions()
  async function save(name: string) {
    const answer = await rename(name)
    if (answer.ok) return null
    return answer.error.code === 'name_taken' ? more.nameTaken(name.trim()) : answer.error.message
  }
  return <NameSection title={more.yourName} name={me.name} maxLength={NAME_LENGTH} onSave={save} />
}

/** What one says of oneself. */
export function About({ me }: { me: Person }) {
  const { change } = useProfile()
  const [about, setAbout] = useState(me.about ?? '')
  const [zone, setZone] = useState(me.zone ?? '')
  const { saved, problem, form } = useSaving(async () => {
    const answer = await change({ about: about || null, zone: zone || null })
    return answer.ok ? null : answer.error.message
  })

  return (
    <Section title={more.aboutYou} problem={problem}>
      <form {...form}>
        <Field
          label={more.about}
          placeholder={more.aboutHint}
          value={about}
          maxLength={ABOUT_LENGTH}
          onChange={({ target }) => setAbout(target.value)}
        />
        <Select label={more.zone} value={zone} options={zonesFor(zone)} onChange={setZone} />
        <Button look="line" type="submit">
          {more.save}
        </Button>
      </form>
      <Saved shown={saved} />
    </Section>
  )
}
