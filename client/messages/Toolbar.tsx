import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { timeOf } from '../ui/time.ts'
import { words } from '../ui/words.ts'
import type { StoredRow, Tool } from './tools.ts'

type Props = {
  row: StoredRow
  /** The commonest of what can be done with it. */
  tools: readonly Tool[]
  tabIndex: number
  menuIsOpen: boolean
  onUse: (tool: Tool) => void
  onMenu: (place: DOMRect) => void
}

/** On the message that somebody points at, or that has the focus. */
export function Toolbar({ row, tools, tabIndex, menuIsOpen, onUse, onMenu }: Props) {
  return (
    <div
      className="tools"
      role="group"
      aria-label={more.toolsOf(row.own ? words.you : row.author.name, timeOf(row.sentAt))}
    >
      {tools.map((tool) => (
        <Button
          key={tool.hotkey}
          look="icon"
          tabIndex={tabIndex}
          aria-label={tool.name(row)}
          title={tool.name(row)}
          onClick={() => onUse(tool)}
        >
          <Drawing path={tool.icon} />
        </Button>
      ))}
      <Button
        look="icon"
        tabIndex={tabIndex}
        aria-label={more.moreTools}
        title={more.moreTools}
        aria-haspopup="menu"
        aria-expanded={menuIsOpen}
        onClick={({ currentTarget }) => onMenu(currentTarget.getBoundingClientRect())}
      >
        <Drawing path="M6 12v.01M12 12v.01M18 12v.01" />
      </Button>
    </div>
  )
}

const Drawing = ({ path }: { path: string | undefined }) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
)
