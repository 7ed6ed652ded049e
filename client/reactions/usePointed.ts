import { useEffect, useRef, useState, type FocusEvent, type PointerEvent, type SyntheticEvent } from 'react'

/** So long a finger stays to see who it was. Milliseconds. */
const LONG = 500

/** Whether something is pointed at, has the focus, or was pressed for long: then it says who it was. */
export function usePointed() {
  const [shown, setShown] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const long = useRef(false)
  useEffect(() => () => clearTimeout(timer.current), [])
  const lift = () => clearTimeout(timer.current)
  return {
    shown,
    /** To be asked once of a click: the finger that asked who it was is lifted, and means nothing more. */
    wasLong(): boolean {
      const was = long.current
      long.current = false
      return was
    },
    on: {
      onPointerDown({ pointerType }: PointerEvent) {
        long.current = false
        if (pointerType !== 'touch') return
        timer.current = setTimeout(() => {
          long.current = true
          setShown(true)
        }, LONG)
      },
      onPointerUp: lift,
      onPointerCancel: lift,
      onContextMenu: (event: SyntheticEvent) => event.preventDefault(),
      onPointerEnter: ({ pointerType }: PointerEvent) => pointerType !== 'touch' && setShown(true),
      onPointerLeave: () => setShown(false),
      onFocus: ({ target }: FocusEvent) => target.matches(':focus-visible') && setShown(true),
      onBlur: () => setShown(false),
    },
  }
}
