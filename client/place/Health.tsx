import { useEffect, useState } from 'react'
import type { Health as Facts } from '../../protocol/place.ts'
import { useOnline } from '../socket/useOnline.ts'
import { more } from '../ui/moreWords.ts'
import { Section } from '../ui/Section.tsx'
import { usePlaceActions } from './usePlace.ts'
import './Health.css'

/** So often it is asked again while somebody looks. Milliseconds. */
const AGAIN = 5_000

/** How the server is: what it keeps, and what is wrong, if something is. */
export function Health() {
  const online = useOnline()
  const { health } = usePlaceActions()
  const [facts, setFacts] = useState<Facts | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    let shown = true
    const ask = () =>
      void health().then((answer) => {
        if (!shown) return
        if (answer.ok) setFacts(answer.data)
        setProblem(answer.ok ? null : answer.error.message)
      })
    ask()
    const timer = setInterval(ask, AGAIN)
    return () => {
      shown = false
      clearInterval(timer)
    }
  }, [online])

  const trouble = problem ?? facts?.trouble ?? facts?.damage
  return (
    <Section title={more.thisServer}>
      <p role="status">{trouble ? more.serverTrouble(trouble) : facts && more.serverWell}</p>
      {facts && (
        <dl className="health">
          {more.healthOf(facts).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  )
}
