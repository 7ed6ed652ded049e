/** What a message may be made of, and nothing else: whatever is not in this list cannot be drawn. */
export type Inline =
  | string
  | { type: 'strong' | 'emphasis' | 'strike' | 'spoiler'; content: readonly Inline[] }
  | { type: 'code'; text: string }
  /** `href` is http, https or mailto, as `addressOf` gives it. */
  | { type: 'link'; href: string; content: readonly Inline[] }
  | { type: 'mention'; id: string; token: string }
  /** Perhaps one of the place's own: which it has, its text does not say. */
  | { type: 'emoji'; token: string }
  /** A room of this place, or a message in it. */
  | { type: 'room'; roomId: string; seq: number | null; content: readonly Inline[] }

export type Item = { /** Of a task; null for any other item. */ done: boolean | null; content: readonly Block[] }

export type Block =
  /** Line breaks are in it as they were typed, empty lines too. */
  | { type: 'text'; content: readonly Inline[] }
  | { type: 'heading'; level: 1 | 2 | 3; content: readonly Inline[] }
  | { type: 'quote'; content: readonly Block[] }
  /** `start`: the first number; null where there are none. */
  | { type: 'list'; start: number | null; items: readonly Item[] }
  | { type: 'code'; language: string; text: string }
  | { type: 'table'; aligned: readonly Aligned[]; rows: readonly Row[] }

export type Aligned = 'start' | 'center' | 'end'
/** Cells, each a piece of text. The first row of a table is its head. */
export type Row = readonly (readonly Inline[])[]
