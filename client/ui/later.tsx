import { useEffect, useState, type ComponentType, type ReactNode } from 'react'

/** Before what did not come, because there was no network, is asked for again. Milliseconds. */
const AGAIN = 1_000

/** A part of the page that the first message does not need: fetched when it is first shown, or before, by `fetch`. Until then `instead` is. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>) {
  let known: ComponentType<P> | null = null
  const fetch = async () => (known ??= await load())

  function Later({ instead = null, ...props }: P & { instead?: ReactNode }) {
    const [Part, setPart] = useState(() => known)
    useEffect(() => {
      if (Part) return
      let timer: ReturnType<typeof setTimeout> | undefined
      let shown = true
      const attempt = () =>
        void fetch().then(
          (part) => shown && setPart(() => part),
          () => (timer = shown ? setTimeout(attempt, AGAIN) : undefined),
        )
      attempt()
      return () => {
        shown = false
        clearTimeout(timer)
      }
    }, [Part])
    return Part ? <Part {...(props as unknown as P)} /> : instead
  }

  return Object.assign(Later, { fetch: () => void fetch().catch(() => {}) })
}
