import { useEffect, useRef, type ReactNode } from 'react'
import './Dialog.css'

/** The browser's own dialog: it keeps the focus inside and closes with Esc. The focus goes back to where it came from. */
export function Dialog({
  title,
  name = '',
  onClose,
  children,
}: {
  title: string
  /** The class of one that looks otherwise, and shows no title. */
  name?: string
  onClose: () => void
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    // A dialog that is taken out of the page without having been closed gives nothing back.
    const opener = document.activeElement
    const text = opener instanceof HTMLTextAreaElement || opener instanceof HTMLInputElement ? opener : null
    const [start, end] = [text?.selectionStart ?? null, text?.selectionEnd ?? null]
    dialog.current?.showModal()
    return () => {
      if (!(opener instanceof HTMLElement) || !opener.isConnected) return
      opener.focus()
      // The focus alone does not bring the caret back.
      if (start !== null) text?.setSelectionRange(start, end)
    }
  }, [])
  return (
    <dialog className={`dialog ${name}`} ref={dialog} aria-label={title} onClose={onClose}>
      <h2 className={name && 'unseen'}>{title}</h2>
      {children}
    </dialog>
  )
}
