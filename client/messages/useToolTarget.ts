import { useEffect, useState, type RefObject } from 'react'
import { isOfMessage, noteKey, reachByHand } from './byHand.ts'

/** So long a finger stays before it asks for the menu, and so far it may slip meanwhile. Milliseconds and pixels. */
const LONG = 500
const SLIP = 10

type Reactions = {
  /** Somebody asks for the menu of this message, there. */
  ask: (message: HTMLElement, place: DOMRect) => void
  /** A key on a message that has the focus. */
  press: (message: HTMLElement, event: KeyboardEvent) => void
  copy: (list: HTMLElement, event: ClipboardEvent) => void
  /** What a message said before. */
  history: (message: HTMLElement) => void
}

/** What is asked of it by a long press is its own. */
const isApart = (target: EventTarget | null) => target instanceof Element && target.closest('[data-apart]') !== null

/** What is done in a field is for what is written there. */
const messageAt = (target: EventTarget | null) =>
  target instanceof Element && !target.closest('textarea') ? target.closest<HTMLElement>('.message') : null

/**
 * The message that somebody points at, or else the one that has the focus, and whether the focus is on something in it. What is
 * asked of a message by hand or by key is told to `reactions`.
 */
export function useToolTarget(scroller: RefObject<HTMLElement | null>, reactions: RefObject<Reactions>) {
  const [pointed, setPointed] = useState<HTMLElement | null>(null)
  const [focused, setFocused] = useState<HTMLElement | null>(null)
  const [inside, setInside] = useState(false)

  useEffect(() => {
    const list = scroller.current
    if (!list) return
    const controller = new AbortController()
    const { signal } = controller
    const on = <K extends keyof HTMLElementEventMap>(type: K, act: (event: HTMLElementEventMap[K]) => void) =>
      list.addEventListener(type, act, { signal })
    let timer = 0
    let [x, y] = [0, 0]
    /** This finger has asked for the menu: when it is lifted it chooses nothing of what lies under it by now. */
    let asked = false
    const lift = () => clearTimeout(timer)
    const ask = (message: HTMLElement, place: DOMRect) => {
      asked = true
      reactions.current.ask(message, place)
    }

    addEventListener('keydown', noteKey, { capture: true, signal })
    on('pointerover', ({ pointerType, target }) => pointerType !== 'touch' && setPointed(messageAt(target)))
    on('pointerleave', () => setPointed(null))
    on('focusin', ({ target }) => {
      setFocused(messageAt(target))
      setInside(target !== messageAt(target))
    })
    on('focusout', ({ relatedTarget }) => setFocused(messageAt(relatedTarget)))
    on('keydown', (event) => {
      const message = messageAt(event.target)
      if (message) reactions.current.press(message, event)
    })
    on('click', ({ target }) => {
      const message = messageAt(target)
      if (message && target instanceof Element && target.closest('.text small')) reactions.current.history(message)
    })
    on('copy', (event) => reactions.current.copy(list, event))
    on('contextmenu', (event) => {
      const message = messageAt(event.target)
      // Whoever has selected something wants what the browser does with that.
      if (!message || isApart(event.target) || getSelection()?.isCollapsed === false) return
      event.preventDefault()
      lift()
      // Asked for by key, it says no place of its own.
      const byKey = event.clientX === 0 && event.clientY === 0
      ask(message, byKey ? message.getBoundingClientRect() : new DOMRect(event.clientX, event.clientY))
    })
    on('pointerdown', ({ pointerType, target, clientX, clientY }) => {
      asked = false
      const message = messageAt(target)
      if (message && target instanceof Element && isOfMessage(target)) reachByHand(message)
      if (pointerType !== 'touch' || !message || isApart(target)) return
      ;[x, y] = [clientX, clientY]
      timer = window.setTimeout(() => ask(message, new DOMRect(x, y)), LONG)
    })
    on('pointermove', ({ clientX, clientY }) => {
      if (Math.hypot(clientX - x, clientY - y) > SLIP) lift()
    })
    on('touchend', (event) => asked && event.preventDefault())
    on('pointerup', lift)
    on('pointercancel', lift)
    return () => {
      lift()
      controller.abort()
    }
  }, [scroller, reactions])

  return { target: pointed?.isConnected ? pointed : focused, inside }
}
