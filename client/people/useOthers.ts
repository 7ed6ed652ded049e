import { usePages } from '../socket/usePages.ts'
import { useMe, usePeopleActions } from './usePeople.ts'

/** Whom one can write to or bring along, by the beginning of their name. */
export function useOthers() {
  const { find } = usePeopleActions()
  const me = useMe()
  const list = usePages(find)
  const people = list.pages?.flatMap((page) => page.people)
  return { ...list, people: people?.filter(({ id, role }) => id !== me?.id && role !== 'visitor') ?? [] }
}
