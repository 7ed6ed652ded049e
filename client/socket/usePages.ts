import { useEffect, useRef, useState } from 'react'
import type { Answer } from '../../protocol/index.ts'
import { useOnline } from './useOnline.ts'

type Page = { next: string | number | null }
type Ask<P extends Page> = (query: string, after?: NonNullable<P['next']>) => Promise<Answer<P>>

/**
 * A list that comes in pages, as far as it was asked for: of everything at first, then of what `setQuery` looks for. Only the
 * newest question's answer counts. It is asked for again when `rev` becomes another one, and with the connection when it
 * could not be had without.
 */
export function usePages<P extends Page>(ask: Ask<P>, rev?: unknown) {
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<{ query: string; pages: readonly P[] } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [again, setAgain] = useState(0)
  const newest = useRef(0)
  /** So many pages are to be shown, and whether those that are held answer the newest question. */
  const wanted = useRef(1)
  const fresh = useRef(false)
  const online = useOnline()
  const held = found?.query === query ? found.pages : []
  const next = held.at(-1)?.next ?? null

  /** As many as are wanted, after these. */
  async function load(before: readonly P[]): Promise<void> {
    const asked = ++newest.current
    const pages = [...before]
    do {
      const answer = await ask(query, pages.at(-1)?.next ?? undefined)
      if (asked !== newest.current) return
      if (!answer.ok) return setProblem(answer.error.message)
      pages.push(answer.data)
    } while (pages.length < wanted.current && pages.at(-1)?.next != null)
    fresh.current = true
    setFound({ query, pages })
    setProblem(null)
  }
  const reload = () => setAgain((before) => before + 1)

  // What was shown stays: nobody who looks at the third page is put back to the first.
  useEffect(() => {
    fresh.current = false
    void load([])
  }, [query, rev, again])
  useEffect(() => {
    if (online && problem !== null) reload()
  }, [online])

  return {
    query,
    setQuery(next: string) {
      wanted.current = 1
      setQuery(next)
      setProblem(null)
    },
    /** What `pages` answer: until the newest answer has come, what was looked for before. */
    answered: found?.query,
    pages: found?.pages ?? null,
    /** Why they could not be had, or what was done with one of them. */
    problem,
    setProblem,
    /** Null where there is no more. */
    showMore:
      next === null
        ? null
        : () => {
            wanted.current = held.length + 1
            void load(fresh.current ? held : [])
          },
    reload,
  }
}
