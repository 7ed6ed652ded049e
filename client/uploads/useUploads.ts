import { useSyncExternalStore } from 'react'
import { uploads, type Item } from './items.ts'

/** Every file of this tab that is on its way. */
export const useUploads = (): readonly Item[] => useSyncExternalStore(uploads.subscribe, uploads.all)
