/** The drawing of finding something. */
export const Magnifier = () => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M4.5 11a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M16 16l4 4" />
  </svg>
)
