import all from 'virtual:emoji'

/** `age`: the version of the standard that it came with. The oldest are those that everybody uses. */
export type Emoji = { emoji: string; name: string; keywords: string; age: number }
export type Group = { name: string; emoji: readonly Emoji[] }

/** In the order of Unicode, which is that of all keyboards. */
export const groups: readonly Group[] = all.map(([name, list]) => ({
  name,
  emoji: list.map(([emoji, called, keywords, age]) => ({ emoji, name: called, keywords, age })),
}))

const everyone = groups.flatMap(({ emoji }) => emoji)
const plain = (emoji: string) => emoji.replace(/\p{Emoji_Modifier}|\ufe0f/gu, '')
const byEmoji = new Map(everyone.map((one) => [plain(one.emoji), one]))

export const TONES = ['', '🏻', '🏼', '🏽', '🏾', '🏿'] as const
export type Tone = (typeof TONES)[number]

/** In that tone of skin, where it has one. Of two who hold hands, the people have one and the hands have none. */
export function withTone(emoji: string, tone: string): string {
  const toned = emoji.replace(/(?!🤝\u200d)(\p{Emoji_Modifier_Base})\ufe0f?/gu, `$1${tone}`)
  return tone !== '' && /^\p{RGI_Emoji}$/v.test(toned) ? toned : emoji
}

/** In words; what is not known says itself. */
export const nameOf = (emoji: string): string => byEmoji.get(plain(emoji))?.name ?? emoji

export const emojiOf = (sign: string): Emoji | undefined => byEmoji.get(plain(sign))

/**
 * What is called so stands first, then what is of that kind (a birthday cake is a cake) or whose name begins so, then those of
 * which a word does, then those that are also called so; of equals the oldest, which are best known.
 */
export function search(query: string, most = Infinity): readonly Emoji[] {
  const wanted = query.trim().toLowerCase().replaceAll('_', ' ')
  if (!wanted) return []
  const found = everyone.flatMap((one) => {
    const rank = rankOf(one, wanted)
    return rank === null ? [] : { one, rank }
  })
  return found
    .sort((a, b) => a.rank - b.rank || a.one.age - b.one.age)
    .slice(0, most)
    .map(({ one }) => one)
}

/** Whether that is its whole name, or one that people also have for it. */
export function isCalled({ name, keywords }: Emoji, said: string): boolean {
  const wanted = said.toLowerCase().replaceAll('_', ' ')
  return name === wanted || ` ${keywords} `.includes(` ${wanted} `)
}

function rankOf({ name, keywords }: Emoji, wanted: string): number | null {
  if (name === wanted) return 0
  if (name.startsWith(wanted) || name.endsWith(` ${wanted}`)) return 1
  if (name.includes(` ${wanted}`)) return 2
  return ` ${keywords}`.includes(` ${wanted}`) ? 3 : null
}
