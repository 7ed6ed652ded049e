import { useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { adopt } from '../ui/adopt.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { applyEdit } from './applyEdit.ts'
import css from './Bar.css?inline'
import { code, codeBlock, lines, link, SIGNS, wrap, type Edit, type Selected } from './edits.ts'
import { isMac, selectedIn } from './keys.ts'

adopt(css)

type Tool = { name: string; sign: ReactNode; keys?: string; act: (selected: Selected) => Edit }

const drawn = (path: string) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
)

const TOOLS: readonly Tool[] = [
  { name: more.bold, sign: <b>B</b>, keys: 'B', act: (selected) => wrap(selected, SIGNS.bold) },
  { name: more.italic, sign: <i>I</i>, keys: 'I', act: (selected) => wrap(selected, SIGNS.italic) },
  { name: more.strike, sign: <s>S</s>, keys: '⇧ X', act: (selected) => wrap(selected, SIGNS.strike) },
  { name: more.codeSpan, sign: drawn('m8.5 7-5 5 5 5M15.5 7l5 5-5 5'), keys: 'E', act: code },
  {
    name: more.addLink,
    sign: drawn('m10 14 4-4M11 7.5l1.7-1.7a4 4 0 0 1 5.6 5.6L16.5 13M13 16.500l-1.7 1.700a4 4 0 0 1-5.6-5.600L7.5 11'),
    keys: 'K',
    act: link,
  },
  {
    name: more.quoteLines,
    sign: drawn('M5 5.500v13M9.5 8h10M9.5 12h10M9.5 16h6'),
    act: (selected) => lines(selected, 'quote'),
  },
  {
    name: more.listLines,
    sign: drawn('M5 7.500h.1M9.5 7.500h10M5 12h.1M9.5 12h10M5 16.500h.1M9.5 16.500h10'),
    act: (selected) => lines(selected, 'list'),
  },
  {
    name: more.numberLines,
    sign: drawn('M4 6.5 5.5 6v3.500M4 14.500h2l-2 3h2M9.5 7.500h10M9.5 16.500h10'),
    act: (selected) => lines(selected, 'numbers'),
  },
  {
    name: more.codeLines,
    sign: drawn('M4 5.500h16v13H4zM10 9.5 7.5 12l2.5 2.500M14 9.500l2.5 2.5-2.5 2.5'),
    act: codeBlock,
  },
]

const titleOf = ({ name, keys }: Tool) => (keys ? `${name} (${isMac ? '⌘' : 'Ctrl'} ${keys})` : name)

/** Sets what is selected in the box. `children`: whatever else is done with the whole text. */
export function Bar({ area, children }: { area: RefObject<HTMLTextAreaElement | null>; children: ReactNode }) {
  const bar = useRef<HTMLDivElement>(null)

  /** One stop for Tab; arrows lead on, and at the end from the beginning. */
  function step(event: KeyboardEvent): void {
    const all = [...(bar.current?.querySelectorAll('button') ?? [])]
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key]
    if (at < 0 || to === undefined) return
    event.preventDefault()
    all.at(to === all.length ? 0 : to)?.focus()
  }

  return (
    <div className="bar" role="toolbar" aria-label={more.formatting} tabIndex={-1} ref={bar} onKeyDown={step}>
      {TOOLS.map((tool, i) => (
        <Button
          key={tool.name}
          look="icon"
          aria-label={tool.name}
          title={titleOf(tool)}
          tabIndex={i === 0 ? 0 : -1}
          // The box keeps the focus, and a phone its keyboard.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => area.current && applyEdit(area.current, tool.act(selectedIn(area.current)))}
        >
          {tool.sign}
        </Button>
      ))}
      {children}
    </div>
  )
}
