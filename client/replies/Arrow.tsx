/** Back to what is answered, or forth to where it is said again. */
export const Arrow = ({ forth = false }: { forth?: boolean }) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={forth ? 'm15 7 5 5-5 5M19.5 12H10a6 6 0 0 0-6 6' : 'm9 7-5 5 5 5M4.5 12H14a6 6 0 0 1 6 6'} />
  </svg>
)
