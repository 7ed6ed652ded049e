import { useState, type ComponentType, type FormEvent } from 'react'
import { NAME_LENGTH, PLACE_NAME_LENGTH } from '../../protocol/limits.ts'
import type { Person } from '../../protocol/people.ts'
import { comeIn, found, signIn, type Invitation, type PlaceInfo } from '../place/api.ts'
import { SignOn } from '../accounts/SignOn.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { Arrival, GoOn } from './Arrival.tsx'
import { BeenHere } from './BeenHere.tsx'
import { Reset } from './Reset.tsx'
import { Vouched } from './Vouched.tsx'

type Door = PlaceInfo & {
  /** The link that somebody came by; null for one that has stopped working. */
  invitation?: Invitation | null | undefined
  onIn: () => void
}

/** You arrive at the bottom of a conversation: one field, and you are in. */
export function Welcome({ place, join, signOn, shutOut, here, present, invitation, onIn }: Door) {
  const [name, setName] = useState('')
  const [back, setBack] = useState(false)
  const inviter = invitation?.by?.name
  const unasked = join === 'open' || invitation ? null : more.shut[join]
  const shut = shutOut ? more.shutOut : invitation === null ? more.deadInvite : unasked
  const naming = useNaming(() => comeIn(name, invitation?.token), name, onIn)
  if (back) return <BeenHere signOn={signOn} onIn={onIn} onNew={() => setBack(false)} />
  const beenHere = (
    <button type="button" className="quiet-link" onClick={() => setBack(true)}>
      {more.beenHere}
    </button>
  )
  return (
    <Arrival
      lit={here.length > 0 || invitation !== undefined}
      title={
        inviter ? more.keptSeat(inviter, place.name) : `${place.name} ${here.length > 0 ? more.talking : more.quiet}`
      }
    >
      {invitation?.room && (
        <div className="row here">
          <p>{more.landing(invitation.room.name)}</p>
        </div>
      )}
      {here.length > 0 && <Here people={here} all={present} />}
      <div className="row you">
        <span className="margin">
          <Avatar person={{ name, tint: 4 }} />
        </span>
        {shut ? (
          <p>
            {shut} {beenHere}
          </p>
        ) : (
          <form onSubmit={naming.submit}>
            <Naming
              label={more.callYou}
              button={more.comeIn}
              name={name}
              setName={setName}
              error={naming.error}
              autoFocus
            />
            <p className="fine">
              {more.fine} {beenHere}
            </p>
          </form>
        )}
        {signOn && <SignOn name={signOn} invite={invitation?.token} />}
      </div>
    </Arrival>
  )
}

type Founding = {
  token: string
  /** Who this browser is already. */
  me: Person | null
  onIn: () => void
}

/** What is behind the links of which each leads one person in. */
const doors: Record<string, ComponentType<Founding>> = {
  '/begin': Setup,
  '/here': SignIn,
  '/reset': Reset,
  '/sso': Vouched,
}

export function ByLink({ path, ...founding }: Founding & { path: string }) {
  const Part = doors[path]
  return Part ? <Part {...founding} /> : null
}

/** The first one names the place. Only the link that the server has printed leads here. */
function Setup({ token, me, onIn }: Founding) {
  const [place, setPlace] = useState('')
  const [name, setName] = useState('')
  const founding = () => found({ token, place, ...(me ? {} : { name }) })
  const naming = useNaming(founding, place && (me?.name ?? name), onIn)
  return (
    <Arrival lit={false} title={more.first}>
      <div className="row here">
        <p>{more.yours}</p>
      </div>
      <div className="row you">
        <form onSubmit={naming.submit}>
          <Field
            label={more.placeCalled}
            value={place}
            maxLength={PLACE_NAME_LENGTH}
            autoComplete="organization"
            autoFocus
            onChange={({ target }) => setPlace(target.value)}
          />
          {me ? (
            <>
              <p role="alert">{naming.error}</p>
              <Button look="ink" type="submit">
                {more.openDoors}
              </Button>
            </>
          ) : (
            <Naming label={more.andYou} button={more.openDoors} name={name} setName={setName} error={naming.error} />
          )}
          <p className="fine">{more.onlyByLink}</p>
        </form>
      </div>
    </Arrival>
  )
}

/** A link of one's own, from another device. Asked first, because whoever follows somebody else's would be that one. */
function SignIn({ token, me, onIn }: Founding) {
  const naming = useNaming(() => signIn(token), more.signInHere, onIn)
  return (
    <Arrival lit={false} title={more.onThisDevice}>
      <div className="row here">
        <p>{more.signInMeans}</p>
      </div>
      <div className="row you">
        <form onSubmit={naming.submit}>
          {me && <p>{more.whoYouAre(me.name)}</p>}
          <p role="alert">{naming.error}</p>
          <Button look="ink" type="submit" autoFocus>
            {more.signInHere}
          </Button>
          {naming.error && <GoOn />}
        </form>
      </div>
    </Arrival>
  )
}

/** Asks once at a time, and says why not in words. */
function useNaming(ask: () => ReturnType<typeof comeIn>, name: string, onIn: () => void) {
  const [refused, setRefused] = useState<{ name: string; why: string } | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!name.trim() || busy) return
    setBusy(true)
    const answer = await ask()
    setBusy(false)
    if (answer.ok) return onIn()
    const { code, message } = answer.error
    setRefused({ name, why: code === 'name_taken' ? more.nameTaken(name.trim()) : message })
  }
  // What was said of one name is not said of the next.
  return { submit, error: refused?.name === name ? refused.why : null }
}

type NamingProps = {
  label: string
  button: string
  name: string
  setName: (name: string) => void
  error: string | null
  autoFocus?: boolean
}

const Naming = ({ label, button, name, setName, error, autoFocus = false }: NamingProps) => (
  <div className="ask">
    <Field
      label={label}
      value={name}
      maxLength={NAME_LENGTH}
      autoComplete="nickname"
      autoFocus={autoFocus}
      error={error}
      onChange={({ target }) => setName(target.value)}
    />
    <Button look="ink" type="submit">
      {button}
    </Button>
  </div>
)

const Here = ({ people, all }: { people: Person[]; all: number }) => (
  <div className="row here">
    <p>
      <span className="stack">
        {people.map((person) => (
          <Avatar key={person.id} person={person} bare />
        ))}
      </span>
      {more.hereNow(people, all)}
    </p>
  </div>
)
