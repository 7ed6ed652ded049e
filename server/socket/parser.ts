import { Decoder, Encoder, type Packet } from 'socket.io-parser'

/** Nothing of ours is binary, so a packet that announces attachments is refused before they are waited for. */
export class TextDecoder extends Decoder {
  constructor() {
    super({ maxAttachments: 0 })
  }
}

/** And nothing has to be looked through for bytes before it is sent. */
export class TextEncoder extends Encoder {
  override encode({ type, nsp, id, data }: Packet): string[] {
    const to = nsp === '/' ? '' : `${nsp},`
    const content: unknown = data
    const text = Array.isArray(content) ? `[${content.map((part) => textOf(part) ?? 'null').join()}]` : textOf(content)
    return [`${type}${to}${id ?? ''}${text ?? ''}`]
  }
}

const texts = new WeakMap<object, string>()

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const isKnown = (value: unknown): boolean => isObject(value) && texts.has(value)

/** As JSON.stringify makes it. */
function textOf(value: unknown): string | undefined {
  if (!isObject(value)) return JSON.stringify(value)
  const known = texts.get(value)
  if (known !== undefined) return known
  if (Array.isArray(value) || !Object.values(value).some(isKnown)) return JSON.stringify(value)
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const text = textOf(part)
    return text === undefined ? [] : `${JSON.stringify(name)}:${text}`
  })
  return `{${parts.join()}}`
}

/** Marks what is told to many, and is never changed: its JSON is made once, whatever packet or answer it is a part of. */
export function toldToMany<T extends object>(value: T): T {
  if (!texts.has(value)) texts.set(value, JSON.stringify(value))
  return value
}

/** A list that begins with one that is told to many. */
export function besides<T extends object>(toMany: readonly T[], others: readonly T[]): T[] {
  const all = [...toMany, ...others]
  const text = toMany.length > 0 ? texts.get(toMany) : undefined
  if (text !== undefined)
    texts.set(all, others.length === 0 ? text : `${text.slice(0, -1)},${JSON.stringify(others).slice(1)}`)
  return all
}
