import { useRooms } from '../rooms/useRooms.ts'

/** What waits for me alone: it lights the mark and stands in the title. */
export const useForYou = (): number => useRooms().direct.reduce((sum, { unread }) => sum + unread, 0)
