import { Refusal } from '../../protocol/errors.ts'

let builtIn: Promise<ReadonlySet<string>> | undefined

/** As the emoji of Unicode are called, written as names of the place's own would be. Read when the first one is added. */
async function read(): Promise<ReadonlySet<string>> {
  const { default: known } = await import('unicode-emoji-json/data-by-emoji.json', { with: { type: 'json' } })
  return new Set(Object.values(known).map(({ slug }) => slug))
}

/** What everybody knows another emoji by means that one. Refused: `name_taken`. */
export async function mustBeNobodysName(name: string): Promise<void> {
  if ((await (builtIn ??= read())).has(name))
    throw new Refusal('name_taken', `:${name}: is an emoji that everybody has already. Choose another name.`)
}
