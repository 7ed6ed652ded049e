import { useStore } from './useSocket.ts'

/** Whether something can be asked of the server now. */
export const useOnline = (): boolean => useStore(({ link }) => link.phase === 'online')
