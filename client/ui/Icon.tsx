import './Icon.css'

const shapes = {
  plus: 'M12 5v14M5 12h14',
  up: 'M12 19V5.5M6 11l6-6 6 6',
  close: 'm6.5 6.5 11 11M17.5 6.5l-11 11',
  back: 'm14.5 5-7 7 7 7',
  pencil: 'm5 19 1-4.2L15.8 5a2 2 0 0 1 2.8 0l.4.4a2 2 0 0 1 0 2.8L9.2 18z',
  people:
    'M6.25 8.5a3.25 3.25 0 1 0 6.5 0a3.25 3.25 0 1 0-6.5 0M3.5 18.5c.6-3 2.9-4.75 6-4.75s5.4 1.75 6 4.75M15.5 5.6a3.25 3.25 0 0 1 0 5.8M17.5 14.2c1.6.7 2.6 2.1 3 4.3',
  lock: 'M5.5 10.5h13v9h-13zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5',
  gear: 'M4 7.5h9M17 7.5h3M4 16.5h3M11 16.5h9M13 7.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M7 16.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
  muted: 'M6.5 17.5V11a5.5 5.5 0 0 1 9-4.2M17.5 11v6.5h-11M4.5 17.5H7M10 20h4M4.5 4.5l15 15',
  cloud: 'M7 17.5a3.5 3.5 0 0 1-.5-7 5.5 5.5 0 0 1 9-2.7M18 11.2a3.2 3.2 0 0 1-.5 6.3h-6M4.5 4.5l15 15',
  more: 'M5.9 12h.2M11.9 12h.2M17.9 12h.2',
  alert: 'M12 3.75a8.25 8.25 0 1 0 0 16.5a8.25 8.25 0 1 0 0-16.5M12 8v4.5M12 15.75v.01',
}

/** A drawing beside words; never the only thing that says something. */
export function Icon({ name }: { name: keyof typeof shapes }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  )
}
