import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useLocation, useSearch } from 'wouter'
import { SEARCH_LENGTH } from '../../protocol/limits.ts'
import type { Order } from '../../protocol/search.ts'
import { expectByHand } from '../messages/byHand.ts'
import { Nothing, Page } from '../shell/Page.tsx'
import { adopt } from '../ui/adopt.ts'
import { Button } from '../ui/Button.tsx'
import { Choice } from '../ui/Choice.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import type { Keys } from '../ui/Suggestions.tsx'
import { useLate } from '../ui/useLate.ts'
import { words } from '../ui/words.ts'
import { addressOf } from './address.ts'
import { FilterOffers } from './FilterOffers.tsx'
import { askedOf } from './filters.ts'
import { Result } from './Result.tsx'
import style from './SearchPage.css?inline'
import { aroundIn, placeOf } from './results.ts'
import { useResults } from './useResults.ts'

adopt(style)

/** Whoever types on is not asked for. Milliseconds. */
const AFTER = 200

/** Where the page of an address was left: how far it was scrolled, and which message was opened from it. */
let left: { address: string; top: number; opened: string } | null = null

/** All messages that say something, each with the way to it. The address says what is looked for. */
export function SearchPage() {
  const [, navigate] = useLocation()
  const given = new URLSearchParams(useSearch())
  const [query, order] = [
    given.get('q')?.trim().slice(0, SEARCH_LENGTH) ?? '',
    given.get('order') === 'best' ? 'best' : 'newest',
  ] as const
  const address = addressOf(query, order)
  const [typed, setTyped] = useState(query)
  const asked = askedOf(query)
  const { hits, isAnswered, isAll, online, problem, load, showMore } = useResults(asked, order)
  const waiting = useLate(online && asked !== '' && !isAnswered && problem === null)
  const list = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const keys = useRef<Keys>(null)
  const timer = useRef(0)

  // Back and forward bring another question.
  useEffect(() => setTyped((now) => (now.trim() === query ? now : query)), [query])
  useEffect(() => () => clearTimeout(timer.current), [])

  function ask(text: string, after = 0): void {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => navigate(addressOf(text.trim(), order), { replace: true }), after)
  }

  // Whoever comes back is where they were.
  useLayoutEffect(() => {
    if (!isAnswered || left?.address !== address) return
    const box = list.current?.closest('.scroll')
    if (box) box.scrollTop = left.top
    list.current?.querySelector<HTMLElement>(`[href="${CSS.escape(left.opened)}"]`)?.focus({ preventScroll: true })
    left = null
  }, [isAnswered, address])

  const links = () => [...(list.current?.querySelectorAll<HTMLElement>('a.row') ?? [])]

  /** From the field down into the results, and from one to the next. */
  function press(event: KeyboardEvent): void {
    const isField = event.target instanceof HTMLInputElement
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return
    if (isField && keys.current?.press(event)) return
    const step = { ArrowDown: 1, ArrowUp: -1, ...(!isField && { j: 1, k: -1 }) }[event.key]
    if (step === undefined || (isField && (event.target as HTMLInputElement).type === 'radio')) return
    const all = links()
    const next = all.indexOf(document.activeElement as HTMLElement) + step
    event.preventDefault()
    if (next < 0) field.current?.focus()
    else all[next]?.focus()
  }

  function remember(opened: string): void {
    expectByHand(opened)
    left = { address, top: list.current?.closest('.scroll')?.scrollTop ?? 0, opened }
  }

  return (
    <Page title={more.search} name="search-page" busy={asked !== '' && !isAnswered} onKeyDown={press}>
      <div ref={list}>
        <form
          className="row"
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            ask(typed)
          }}
        >
          <div className="wide">
            <div className="asked">
              <Field
                ref={field}
                label={more.searchMessages}
                bare
                type="search"
                value={typed}
                maxLength={SEARCH_LENGTH}
                placeholder={more.searchMessages}
                onChange={({ target }) => ask(target.value, AFTER)}
              />
              <FilterOffers typed={typed} area={field} ref={keys} onTake={(text) => ask(text, AFTER)} />
            </div>
            <div className="narrow" role="group" aria-label={more.filtersAre}>
              {more.filters.map(([filter, means]) => (
                <Button
                  key={filter}
                  look="line"
                  title={means}
                  onClick={() => {
                    ask(`${typed.trimEnd()} ${filter}`.trimStart(), AFTER)
                    field.current?.focus()
                  }}
                >
                  {filter} <small>{means}</small>
                </Button>
              ))}
            </div>
            {query !== '' && (
              <Choice<Order>
                label={more.inOrder}
                bare
                value={order}
                options={[
                  ['newest', more.newest],
                  ['best', more.best],
                ]}
                onChange={(next) => navigate(addressOf(query, next), { replace: true })}
              />
            )}
          </div>
        </form>
        {!online && (
          <div className="row">
            <p className="wide hint">{more.needsConnection}</p>
          </div>
        )}
        {problem && (
          <div className="row">
            <p className="wide problem" role="alert">
              {problem} <Button onClick={load}>{words.tryAgain}</Button>
            </p>
          </div>
        )}
        {waiting && !hits && <Skeleton />}
        {hits?.length === 0 && isAnswered && isAll && (
          <Nothing title={more.nothingSays(asked)} hint={more.nothingSaysHint} />
        )}
        <ul aria-label={more.results} aria-busy={!isAnswered}>
          {hits?.map((found, i) => (
            <li key={placeOf(found)}>
              <Result
                found={found}
                again={hits[i - 1]?.room.id === found.room.id}
                {...aroundIn(hits, i)}
                onOpen={remember}
              />
            </li>
          ))}
        </ul>
        {(showMore || (hits && isAnswered && !isAll)) && (
          <div className="row">
            <p className="wide hint">
              {!isAll && more.notAll} {showMore && <Button onClick={showMore}>{more.moreResults}</Button>}
            </p>
          </div>
        )}
        <p className="unseen" role="status">
          {hits && isAnswered ? more.found(hits.length) : ''}
        </p>
      </div>
    </Page>
  )
}
