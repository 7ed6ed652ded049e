import { useEffect, useRef, type ReactNode } from 'react'
import './Dialog.css'

/** The browser's own dialog: it keeps the focus inside, closes with Esc, and gives the focus back to its opener. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog className="dialog" ref={dialog} aria-label={title} onClose={onClose}>
      <h2>{title}</h2>
      {children}
    </dialog>
  )
}
