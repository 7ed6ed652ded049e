/** So near the edge of the window, in pixels, a finger means the browser: back, forward. */
const EDGE = 32
/** So far it moves before it counts as a swipe, and so far until letting go of it means something. Pixels. */
const BEGUN = 12
const ENOUGH = 64
/** A finger that has stayed this long asks for the menu. Milliseconds. */
const LONG = 500

export type Finger = { x: number; y: number; at: number }

/** How far a message has been drawn aside; null for good once the finger does something else: scrolls, goes back, waits. */
export function drawn(from: Finger, to: Finger, begun: boolean): number | null {
  const [across, down] = [to.x - from.x, Math.abs(to.y - from.y)]
  if (begun) return Math.max(0, across - BEGUN)
  if (down > BEGUN || -across > BEGUN || to.at - from.at > LONG) return null
  return across > BEGUN && across > 2 * down ? across - BEGUN : 0
}

export const mayBegin = ({ x }: Finger, width: number): boolean => x > EDGE && x < width - EDGE
export const isEnough = (far: number): boolean => far >= ENOUGH - BEGUN
/** Behind the finger, the more the further it is. Pixels. */
export const shown = (far: number): number => Math.round(96 * (1 - Math.exp(-far / 96)))
