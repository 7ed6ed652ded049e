import { useState } from 'react'
import { PLACE_NAME_LENGTH } from '../../protocol/limits.ts'
import { Link } from 'wouter'
import type { Join, PlaceState } from '../../protocol/place.ts'
import { useMe } from '../people/usePeople.ts'
import { NewRoom } from '../rooms/NewRoom.tsx'
import { Button } from '../ui/Button.tsx'
import { Choice } from '../ui/Choice.tsx'
import { more } from '../ui/moreWords.ts'
import { NameSection, Saved } from '../ui/NameSection.tsx'
import { Page } from '../shell/Page.tsx'
import { Section } from '../ui/Section.tsx'
import { useSaving } from '../ui/useSaving.ts'
import { words } from '../ui/words.ts'
import { Health } from './Health.tsx'
import { usePlace, usePlaceActions } from './usePlace.ts'

/** What the place is called, who may come in, what rooms it has, and how its server is. */
export function PlaceSettings() {
  const place = usePlace()
  return (
    <Page title={words.placeSettings} name="place-settings">
      {place && (
        <>
          <Name place={place} />
          <Door place={place} />
        </>
      )}
      <Rooms />
      <Section title={more.ownEmoji}>
        <p>{more.ownEmojiMeans}</p>
        <Link className="button" href="/place/emoji">
          {more.showOwnEmoji}
        </Link>
      </Section>
      <Health />
    </Page>
  )
}

function Name({ place }: { place: PlaceState }) {
  const { change } = usePlaceActions()
  async function save(name: string) {
    const answer = await change({ name })
    return answer.ok ? null : answer.error.message
  }
  return <NameSection title={more.placeName} name={place.name} maxLength={PLACE_NAME_LENGTH} onSave={save} />
}

/** Chosen first and saved then: by arrow keys one passes through all of it. */
function Door({ place }: { place: PlaceState }) {
  const { change } = usePlaceActions()
  const isOwner = useMe()?.role === 'owner'
  const [join, setJoin] = useState<Join | null>(null)
  const fixed = place.joinIsFixed || !isOwner
  const { saved, problem, form } = useSaving(async () => {
    const answer = await change({ join: join ?? place.join })
    if (answer.ok) setJoin((newest) => (newest === join ? null : newest))
    return answer.ok ? null : answer.error.message
  })

  return (
    <Section title={more.whoMayComeIn} problem={problem}>
      <form {...form}>
        <Choice
          label={more.whoMayComeIn}
          bare
          value={join ?? place.join}
          disabled={fixed}
          options={[
            ['open', more.joins.open],
            ['invite', more.joins.invite],
            ['closed', more.joins.closed],
          ]}
          onChange={setJoin}
        />
        {fixed ? (
          <small>{place.joinIsFixed ? more.joinIsFixed : more.joinIsOwners}</small>
        ) : (
          <Button look="line" type="submit">
            {more.save}
          </Button>
        )}
      </form>
      <Saved shown={saved} />
    </Section>
  )
}

function Rooms() {
  const [shown, setShown] = useState(false)
  return (
    <Section title={words.rooms}>
      <p>{more.roomsMeans}</p>
      <Link className="button" href="/place/rooms">
        {more.allRooms}
      </Link>
      <Button look="line" onClick={() => setShown(true)}>
        {words.newRoom}
      </Button>
      {shown && <NewRoom onClose={() => setShown(false)} />}
    </Section>
  )
}
