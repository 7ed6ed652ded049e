import { useEffect, useState, type RefObject } from 'react'

/** Whether the focus is on something in the message that this is in: then Tab leads on to what is here. */
export function useInside(ref: RefObject<HTMLElement | null>): boolean {
  const [inside, setInside] = useState(false)
  useEffect(() => {
    const message = ref.current?.closest('.message')
    if (!message) return
    const enter = () => setInside(true)
    const leave = ({ relatedTarget }: Event & { relatedTarget?: EventTarget | null }) =>
      setInside(relatedTarget instanceof Node && message.contains(relatedTarget))
    message.addEventListener('focusin', enter)
    message.addEventListener('focusout', leave)
    return () => {
      message.removeEventListener('focusin', enter)
      message.removeEventListener('focusout', leave)
    }
  }, [ref])
  return inside
}
