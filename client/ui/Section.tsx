import type { ReactNode, Ref } from 'react'
import { Problem } from './Problem.tsx'
import './Section.css'

type Props = {
  title: string
  problem?: string | null
  /** To go back to, when what had the focus is gone. */
  heading?: Ref<HTMLHeadingElement>
  children?: ReactNode
}

/** A part of a page: what it is about hangs in the margin. And what could not be done in it. */
export const Section = ({ title, problem = null, heading, children }: Props) => (
  <section className="row section" aria-label={title}>
    <h2 ref={heading} tabIndex={-1}>
      {title}
    </h2>
    <div className="wide">
      {children}
      <Problem>{problem}</Problem>
    </div>
  </section>
)
