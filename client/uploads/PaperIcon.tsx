/** A sheet with a corner turned down. */
export const PaperIcon = () => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M6.5 3.75h7l4 4v12.5h-11zM13.5 3.75v4h4" />
  </svg>
)
