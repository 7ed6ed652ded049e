import './Mark.css'

/** The toad's stripe is lit only while something waits for you. */
export function Mark({ lit = false }: { lit?: boolean }) {
  return (
    <svg className="mark" data-lit={lit || undefined} viewBox="0 0 32 32" aria-hidden="true">
      <g fill="currentColor">
        <circle cx="8.5" cy="8" r="4" />
        <circle cx="23.5" cy="8" r="4" />
        <path d="M16 4.5c6.5 0 9.5 3.5 10.6 7.6 2 1.7 3.4 4.3 3.4 7.9 0 6.3-5.5 9.500-14 9.500S2 26.300 2 20c0-3.600 1.400-6.200 3.400-7.900C6.500 8 9.500 4.500 16 4.500z" />
      </g>
      <path className="stripe" d="M16 7V27" />
    </svg>
  )
}
