import type { ReactNode } from 'react'
import { adopt } from '../ui/adopt.ts'
import { nameOfToken, useOwnEmoji } from './own.ts'
import css from './Sign.css?inline'

adopt(css)

/** One emoji: a sign of Unicode, or one of the place's own, of which only its name is left where there is none of that name. */
export const Sign = ({ emoji }: { emoji: string }) => (emoji.startsWith(':') ? <OwnSign token={emoji} /> : emoji)

function OwnSign({ token }: { token: string }) {
  const own = useOwnEmoji().byName.get(nameOfToken(token))
  if (!own) return token
  return (
    <picture className="own-emoji">
      {own.still && <source media="(prefers-reduced-motion: reduce)" srcSet={addressOf(own.still)} />}
      <img src={addressOf(own.picture)} alt={token} title={token} loading="lazy" draggable={false} />
    </picture>
  )
}

const addressOf = (picture: string): string => `/api/pictures/${picture}`

/** What says nothing but emoji is large, once all of them are some. */
export function Alone({ tokens, children }: { tokens: readonly string[]; children: ReactNode }) {
  const { byName } = useOwnEmoji()
  const isBig = tokens.every((token) => byName.has(nameOfToken(token)))
  return (
    <div className="emoji-alone" data-big={isBig || undefined}>
      {children}
    </div>
  )
}
