import { useSyncExternalStore } from 'react'

/** What was done, and how to take it back. */
export type Toast = {
  text: string
  act: string
  onAct: () => void
  /** Somebody has closed it: they have seen it, and do not want it. */
  onClose?: () => void
}

type Shown = Toast & { id: number }

let shown: Shown | null = null
let count = 0
const listeners = new Set<() => void>()

function show(toast: Toast | null): void {
  shown = toast && { ...toast, id: ++count }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** One at a time: the newest takes the place of the one before. */
export const offer = (toast: Toast): void => show(toast)
export const dismiss = (): void => show(null)
export const useToast = (): Shown | null => useSyncExternalStore(subscribe, () => shown)
