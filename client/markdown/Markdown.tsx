import { Fragment, memo, type ReactNode } from 'react'
import { Alone, Sign } from '../emoji/Sign.tsx'
import { Mention } from '../mentions/Mention.tsx'
import { calmed } from '../ui/calmed.ts'
import { more } from '../ui/moreWords.ts'
import { Address, RoomLink } from './Address.tsx'
import { aloneIn } from './alone.ts'
import type { Block, Inline, Item } from './blocks.ts'
import { Code } from './Code.tsx'
import { parse } from './parse.ts'
import { Spoiler } from './Spoiler.tsx'
import './styles.ts'

type Said = { body: string; mentions?: readonly string[] | null }
type Props = {
  of: Said
  toYou: boolean
  /** What stands behind the last word. */
  end?: ReactNode
}

const trees = new WeakMap<Said, readonly Block[]>()

/** A row is read once, however often it is drawn. */
function treeOf(of: Said): readonly Block[] {
  const tree = trees.get(of) ?? parse(calmed(of.body))
  trees.set(of, tree)
  return tree
}

/** What stands there, if it is nothing but words. */
const textOf = ([first, ...others]: readonly Inline[]): string =>
  typeof first === 'string' && others.length === 0 ? first : ''

/** A message as its author set it. It is made of elements, never of HTML: what is not in `Block` cannot come out. */
export const Markdown = memo(function Markdown({ of, toYou, end }: Props) {
  const blocks = treeOf(of)
  const alone = aloneIn(blocks)
  const isWithin = blocks.at(-1)?.type === 'text'

  const inline = (content: readonly Inline[]): ReactNode =>
    content.map((part, i) => {
      if (typeof part === 'string') return part
      switch (part.type) {
        case 'strong':
          return <strong key={i}>{inline(part.content)}</strong>
        case 'emphasis':
          return <em key={i}>{inline(part.content)}</em>
        case 'strike':
          return <s key={i}>{inline(part.content)}</s>
        case 'spoiler':
          return <Spoiler key={i}>{inline(part.content)}</Spoiler>
        case 'code':
          return (
            <code key={i} dir="ltr">
              {part.text}
            </code>
          )
        case 'room':
          return (
            <RoomLink key={i} roomId={part.roomId} seq={part.seq} isCalled={textOf(part.content).startsWith('#')}>
              {inline(part.content)}
            </RoomLink>
          )
        case 'link':
          return (
            <Address key={i} href={part.href} text={textOf(part.content)}>
              {inline(part.content)}
            </Address>
          )
        case 'emoji':
          return <Sign key={i} emoji={part.token} />
        case 'mention': {
          const counts = of.mentions === null || (of.mentions?.includes(part.id) ?? false)
          return <Mention key={i} id={part.id} token={part.token} counts={counts} toYou={toYou} />
        }
      }
    })

  function block(one: Block, last: ReactNode): ReactNode {
    switch (one.type) {
      case 'text':
        return (
          <p dir="auto">
            {inline(one.content)}
            {last}
          </p>
        )
      case 'heading': {
        const Level = `h${one.level + 2}` as 'h3' | 'h4' | 'h5'
        return <Level dir="auto">{inline(one.content)}</Level>
      }
      case 'quote':
        return <blockquote>{all(one.content)}</blockquote>
      case 'list':
        return one.start === null ? <ul>{items(one.items)}</ul> : <ol start={one.start}>{items(one.items)}</ol>
      case 'code':
        return <Code language={one.language} text={one.text} />
      case 'table':
        return table(one)
    }
  }

  const items = (list: readonly Item[]): ReactNode =>
    list.map(({ done, content }, i) => (
      <li key={i} data-task={done === null ? undefined : true}>
        {done !== null && <input type="checkbox" checked={done} disabled aria-label={more.done} />}
        {all(content)}
      </li>
    ))

  const table = ({ aligned, rows: [head = [], ...rows] }: Extract<Block, { type: 'table' }>): ReactNode => {
    const cells = (row: typeof head, Cell: 'th' | 'td') =>
      row.map((cell, i) => (
        <Cell key={i} dir="auto" data-align={aligned[i]}>
          {inline(cell)}
        </Cell>
      ))
    return (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- It scrolls, also by keys.
      <div className="table" role="group" aria-label={more.table} tabIndex={0}>
        <table>
          <thead>
            <tr>{cells(head, 'th')}</tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>{cells(row, 'td')}</tr>
            ))}
          </tbody>
        </table>
      </div>
    )
  }

  const all = (list: readonly Block[], last: ReactNode = null): ReactNode =>
    list.map((one, i) => <Fragment key={i}>{block(one, i === list.length - 1 ? last : null)}</Fragment>)

  return (
    <div className="markdown">
      {alone ? <Alone tokens={alone}>{all(blocks, end)}</Alone> : all(blocks, isWithin && end)}
      {!isWithin && end}
    </div>
  )
})
