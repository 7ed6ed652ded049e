import { useEffect, useRef, useState, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import { Arrow } from '../replies/Arrow.tsx'
import { adopt } from '../ui/adopt.ts'
import css from './Swipe.css?inline'
import { drawn, isEnough, mayBegin, shown, type Finger } from './swipe.ts'

adopt(css)

/** So long a message that was drawn aside takes to go back. Milliseconds. */
const BACK = 160

type Props = {
  scroller: RefObject<HTMLElement | null>
  mayReply: (message: HTMLElement) => boolean
  onReply: (message: HTMLElement) => void
}
type Swiped = { message: HTMLElement; enough: boolean }

/** A finger that draws a message aside replies to it. With its arrow, which is not there for anybody who does not see it: they have Reply. */
export function Swipe({ scroller, ...props }: Props) {
  const [swiped, setSwiped] = useState<Swiped | null>(null)
  const reply = useRef(props)
  useEffect(() => {
    reply.current = props
  })

  useEffect(() => {
    const list = scroller.current
    if (!list) return
    const controller = new AbortController()
    let now: { id: number; from: Finger; message: HTMLElement; far: number } | null = null

    function end(): void {
      if (now && now.far > 0) goBack(now.message)
      now = null
      setSwiped(null)
    }
    const on = (
      type: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel',
      act: (event: PointerEvent) => void,
    ) => list.addEventListener(type, act, { signal: controller.signal })

    on('pointerdown', (event) => {
      // With a second finger it is something else.
      if (now) return end()
      const message = messageAt(event)
      if (!message || !mayBegin(fingerOf(event), innerWidth) || !reply.current.mayReply(message)) return
      now = { id: event.pointerId, from: fingerOf(event), message, far: 0 }
    })
    on('pointermove', (event) => {
      if (now?.id !== event.pointerId) return
      const far = drawn(now.from, fingerOf(event), now.far > 0)
      if (far === null) return end()
      if (far === 0 && now.far === 0) return
      const { message } = now
      // It has begun, and goes on until it is let go, also back to where it was.
      now.far = Math.max(far, 1)
      list.setPointerCapture?.(event.pointerId)
      message.style.setProperty('--drawn', `${shown(far)}px`)
      setSwiped((before) =>
        before?.message === message && before.enough === isEnough(far) ? before : { message, enough: isEnough(far) },
      )
    })
    on('pointerup', (event) => {
      if (now?.id !== event.pointerId) return
      const { message, far } = now
      end()
      if (isEnough(far) && message.isConnected) reply.current.onReply(message)
    })
    // The browser scrolls, or has taken it for itself.
    on('pointercancel', end)
    list.addEventListener('scroll', end, { signal: controller.signal })
    return () => {
      controller.abort()
      end()
    }
  }, [scroller])

  if (!swiped?.message.isConnected) return null
  return createPortal(
    <span className="swiped" aria-hidden="true" data-enough={swiped.enough || undefined}>
      <Arrow />
    </span>,
    swiped.message,
  )
}

const fingerOf = ({ clientX, clientY, timeStamp }: PointerEvent): Finger => ({ x: clientX, y: clientY, at: timeStamp })

/** What scrolls sideways by itself, and what is written in, keep their fingers. */
function messageAt({ pointerType, isPrimary, target }: PointerEvent): HTMLElement | null {
  if (pointerType !== 'touch' || !isPrimary || !(target instanceof Element)) return null
  if (target.closest('textarea, input, pre, .table')) return null
  return target.closest<HTMLElement>('.message')
}

function goBack(message: HTMLElement): void {
  const body = message.querySelector('.body')
  const { translate } = body ? getComputedStyle(body) : { translate: '' }
  message.style.removeProperty('--drawn')
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  body?.animate?.([{ translate }, {}], BACK)
}
