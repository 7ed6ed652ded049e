import './Problem.css'

/** Why something could not be done, said aloud when it comes; nothing as long as there is nothing to say. */
export const Problem = ({ children }: { children: string | null }) =>
  children && (
    <p className="problem" role="alert">
      {children}
    </p>
  )
