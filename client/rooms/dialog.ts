import type { ComponentType } from 'react'
import { later } from '../ui/later.tsx'

type Parts = typeof import('./dialogs.ts')
type Props<K extends keyof Parts> = Parts[K] extends () => unknown
  ? object
  : Parts[K] extends (props: infer P extends object) => unknown
    ? P
    : never

/** One of the parts that come in one file after the first message; it is fetched when one of them is first shown. */
export const dialog = <K extends keyof Parts>(name: K) =>
  later(async () => (await import('./dialogs.ts'))[name] as ComponentType<Props<K>>)
