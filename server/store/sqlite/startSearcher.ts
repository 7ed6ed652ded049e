import { Worker } from 'node:worker_threads'
import type { SearcherData } from './searcher.ts'

/** How the thread is started that searches in this file. */
export const searcherOf = (file: string) => (ended: Int32Array) =>
  new Worker(new URL('./searcher.ts', import.meta.url), { workerData: { file, ended } satisfies SearcherData })
