import './Icon.css'

const shapes = {
  plus: 'M12 5v14M5 12h14',
  up: 'M12 19V5.5M6 11l6-6 6 6',
  close: 'm6.5 6.5 11 11M17.5 6.5l-11 11',
  back: 'm14.5 5-7 7 7 7',
  pencil: 'm5 19 1-4.2L15.8 5a2 2 0 0 1 2.800 0l.4.4a2 2 0 0 1 0 2.800L9.200 18z',
  people:
    'M6.250 8.500a3.250 3.250 0 1 0 6.500 0a3.250 3.250 0 1 0-6.500 0M3.500 18.500c.6-3 2.900-4.750 6-4.750s5.400 1.750 6 4.750M15.500 5.600a3.250 3.250 0 0 1 0 5.800M17.500 14.200c1.600.7 2.600 2.100 3 4.300',
  cloud:
    'M7 17.500a3.500 3.500 0 0 1-.5-7 5.500 5.500 0 0 1 9-2.700M18 11.200a3.200 3.200 0 0 1-.5 6.300h-6M4.500 4.500l15 15',
  alert: 'M12 3.750a8.250 8.250 0 1 0 0 16.500a8.250 8.250 0 1 0 0-16.500M12 8v4.500M12 15.750v.01',
}

/** A drawing beside words; never the only thing that says something. */
export function Icon({ name }: { name: keyof typeof shapes }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  )
}
