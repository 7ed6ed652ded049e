import { openShelf } from '../socket/shelf.ts'

const [RECENT, TONE] = ['natter.emoji', 'natter.emojiTone']
/** As many as stand in two rows. */
const MOST = 16
/** For somebody who has chosen none yet. */
const FIRST = ['👍', '❤️', '😂', '🎉', '🙏', '👀', '✅', '🙌']

/** What was chosen last in this browser, newest first. */
export function recent(): string[] {
  const kept = openShelf().get(RECENT)?.split(' ').filter(Boolean) ?? []
  return [...new Set([...kept, ...FIRST])].slice(0, MOST)
}

export function remember(emoji: string): void {
  openShelf().put(RECENT, [...new Set([emoji, ...recent()])].slice(0, MOST).join(' '))
}

/** The tone of skin that everything is shown in; none is yellow. */
export const tone = (): string => openShelf().get(TONE) ?? ''
export const setTone = (chosen: string): void => openShelf().put(TONE, chosen)
