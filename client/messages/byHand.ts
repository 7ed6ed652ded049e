/**
 * Letters are commands only on a message that somebody moved to by key. Whoever has clicked on one, or has chosen a hit that they
 * typed for, goes on writing.
 */

/** By these keys one moves to a message, or into it. */
const MOVES = new Set(['Tab', 'F6', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Enter'])

let reached: Element | null = null
let expected: string | null = null

export const reachByHand = (message: Element): void => void (reached = message)
export const isByHand = (message: Element): boolean => message === reached

/** The message at this address is gone to from what was typed. */
export const expectByHand = (address: string): void => void (expected = address)

/** Somebody has come to the message that the address names. */
export function arrive(message: Element): void {
  if (expected === location.pathname) reachByHand(message)
  expected = null
}

/** Keys in what lies above the list move in that alone. */
export function noteKey({ key, target }: KeyboardEvent): void {
  if (MOVES.has(key) && !(target instanceof Element && target.closest('dialog, [popover]'))) reached = null
}

/** A letter or a sign, and nobody's shortcut. A blank scrolls. */
export const isTyped = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey

/** Where a pointer begins to do something with a message; what leads elsewhere is no such place. */
export const isOfMessage = (target: Element): boolean =>
  target.closest('.tools, .failure') !== null || target.closest('button, a') === null

/** The box in which one writes what belongs beside this message. */
export const boxBeside = (message: Element): HTMLElement | null =>
  message.closest('aside, main')?.querySelector<HTMLElement>('.composer textarea') ?? null

const finePointer = matchMedia('(pointer: fine)')

/**
 * Where the focus goes when something that was begun on this message is done: there, or on to the box. Not where the box would
 * bring a keyboard with it that hides half of the screen.
 */
export const backFrom = (from: HTMLElement | null): HTMLElement | null =>
  from && isByHand(from) && finePointer.matches ? (boxBeside(from) ?? from) : from
