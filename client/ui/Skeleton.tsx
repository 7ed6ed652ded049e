import { Avatar } from './Avatar.tsx'
import './Skeleton.css'

/** Widths of the lines, in percent of the column. */
const LINES = [[63], [88, 52], [38], [82, 35], [44], [66, 78, 22], [57], [71, 30]]

/** A conversation without words: while one is loading, and above the first visit. Decoration, on the conversation's grid. */
export function Skeleton() {
  return (
    <div className="skeleton" aria-hidden="true">
      {LINES.map((bars, i) => (
        <div className="row" key={i}>
          <span className="who">
            <i style={{ inlineSize: `${3 + ((i * 5) % 4)}rem` }} />
            <Avatar person={{ name: '', tint: i * 5 }} bare />
          </span>
          <span className="bars">
            {bars.map((width) => (
              <i key={width} style={{ inlineSize: `${width}%` }} />
            ))}
          </span>
        </div>
      ))}
    </div>
  )
}
