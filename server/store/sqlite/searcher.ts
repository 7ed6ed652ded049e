import { parentPort, workerData } from 'node:worker_threads'
import { answerSearches } from '../sql/searchThread.ts'
import { openDatabase } from './database.ts'
import { createSearchIndex } from './searchIndex.ts'

/** The thread that searches. `ended`: see searchThread.ts. */
export type SearcherData = { file: string; ended: Int32Array }

if (!parentPort) throw new Error('The searcher runs in a worker thread.')
const { file, ended } = workerData as SearcherData
const database = openDatabase(file, { readOnly: true })
answerSearches({ port: parentPort, database, index: createSearchIndex(database), ended })
