import type { ReactNode } from 'react'
import './DialogEnd.css'

/** The last line of a dialog: the way out, and what it is for at its end. */
export const DialogEnd = ({ children }: { children: ReactNode }) => <footer className="dialog-end">{children}</footer>
