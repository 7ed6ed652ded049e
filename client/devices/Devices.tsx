import { useEffect, useState } from 'react'
import type { Device } from '../../protocol/devices.ts'
import type { Person } from '../../protocol/people.ts'
import { useOnline } from '../socket/useOnline.ts'
import { useStore } from '../socket/useSocket.ts'
import { Asked } from '../ui/Asked.tsx'
import { Button } from '../ui/Button.tsx'
import { deviceOf } from '../ui/device.ts'
import { LinkToCopy } from '../ui/LinkToCopy.tsx'
import { more } from '../ui/moreWords.ts'
import { Section } from '../ui/Section.tsx'
import { dateOf } from '../ui/time.ts'
import { useDeviceActions } from './useDevices.ts'

/** Where one is signed in, and how, and out of it. `claimed`: whether one comes back. */
export function Devices({ claimed }: { claimed: boolean }) {
  const { link, list, revoke, revokeOthers, signOut } = useDeviceActions()
  const online = useOnline()
  const waiting = useStore(({ outbox }) => outbox.length)
  const [{ devices, people }, setFound] = useState<{ devices: Device[]; people: Person[] }>({ devices: [], people: [] })
  const [problem, setProblem] = useState<string | null>(null)
  const [elsewhere, setElsewhere] = useState<string | null>(null)

  async function load() {
    const answer = await list()
    if (answer.ok) setFound(answer.data)
    setProblem(answer.ok ? null : answer.error.message)
  }
  // What could not be had without a connection comes with it.
  useEffect(() => {
    if (online || devices.length === 0) void load()
  }, [online])

  async function end(ask: () => ReturnType<typeof revokeOthers>) {
    const answer = await ask()
    if (answer.ok) await load()
    else setProblem(answer.error.message)
  }

  async function goElsewhere() {
    const answer = await link()
    if (answer.ok) setElsewhere(answer.link)
    setProblem(answer.ok ? null : answer.error.message)
  }

  async function leave() {
    if (!(await signOut())) setProblem(more.notSignedOut)
  }

  return (
    <>
      <Section title={more.devices} problem={problem}>
        <ul>
          {devices.map((device) => {
            const called = more.deviceCalled(deviceOf(device.agent))
            return (
              <li key={device.id}>
                <span>
                  {called}
                  <small>{factsOf(device, people)}</small>
                </span>
                {!device.current && (
                  <Button
                    look="danger"
                    aria-label={more.signOutOf(called)}
                    onClick={() => void end(() => revoke(device.id))}
                  >
                    {more.signOut}
                  </Button>
                )}
              </li>
            )
          })}
        </ul>
        {elsewhere === null ? (
          <Button look="line" onClick={() => void goElsewhere()}>
            {more.anotherDevice}
          </Button>
        ) : (
          <LinkToCopy label={more.deviceLink} link={elsewhere} hint={more.deviceLinkMeans} />
        )}
        {devices.length > 1 && (
          <Button look="line" onClick={() => void end(revokeOthers)}>
            {more.signOutOthers}
          </Button>
        )}
      </Section>
      <Section title={more.leaveHere}>
        <Asked
          label={more.signOutHere}
          means={more.leavingMeans(waiting, claimed)}
          keep={more.staySignedIn}
          act={more.signOutHere}
          onAct={() => void leave()}
        />
      </Section>
    </>
  )
}

/** "Last here 3 March, by a link that Ada made": nobody is let in as somebody without their seeing it. */
function factsOf({ current, seenAt, way, madeBy }: Device, people: readonly Person[]): string {
  const maker = people.find(({ id }) => id === madeBy)?.name ?? null
  const how = way === 'link' ? more.signedInByLink(maker) : more.signedInBy(way)
  const when = current ? more.thisDevice : more.lastHere(dateOf(seenAt))
  return how === '' ? when : `${when}, ${how}`
}
