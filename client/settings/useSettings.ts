import type { Input } from '../../protocol/index.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'

/** What one has chosen for oneself, on all devices; null before the server has spoken. */
export const useSettings = () => useStore(({ settings }) => settings)

export function useSettingsActions() {
  const { request } = useSocket()
  return {
    change: (chosen: Input<'settings:change'>) => request('settings:change', chosen),
    /** Not to be disturbed for so many milliseconds: null for no end, 0 for not any more. */
    setBusy: (milliseconds: number | null) => request('presence:busy', { milliseconds }),
  }
}
