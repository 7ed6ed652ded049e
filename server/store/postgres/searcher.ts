import { parentPort, workerData } from 'node:worker_threads'
import { answerSearches } from '../sql/searchThread.ts'
import { openConnection } from './connection.ts'
import type { Line } from './driver.ts'
import { createSearchIndex } from './searchIndex.ts'

/** The thread that searches. `ended`: see searchThread.ts. */
export type SearcherData = { line: Line; ended: Int32Array }

if (!parentPort) throw new Error('The searcher runs in a worker thread.')
const { line, ended } = workerData as SearcherData
const database = openConnection(line)
answerSearches({ port: parentPort, database, index: createSearchIndex(database), ended })
