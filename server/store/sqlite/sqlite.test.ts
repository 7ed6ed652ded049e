import { expect, it } from 'vitest'
import { describeStore } from '../contract/index.ts'
import { draftOf, hear, inhabit, packetsOf, range, refusal, sayMany, seqsOf } from '../contract/setting.ts'
import { openDatabase } from './database.ts'
import { openFresh } from './testing/openFresh.ts'

/** Holds the disk back until called again: what is sent meanwhile gathers, as behind a slow disk. */
function holdBack(file: string): () => void {
  const other = openDatabase(file)
  other.exec('BEGIN IMMEDIATE')
  return () => {
    other.exec('ROLLBACK')
    other.close()
  }
}

describeStore('SQLite', openFresh)

it('makes one commit of everything that waited for the disk', async () => {
  const fresh = await openFresh()
  const { store, lobby, ann } = await inhabit(async () => fresh, 'ann')
  const commits = hear(store)
  const release = holdBack(fresh.file)
  const sent = sayMany(store, lobby, ann, 50)
  release()
  await sent
  // The first may have begun before the others had arrived; they wait for it, and then go together.
  expect(commits.length).toBeLessThanOrEqual(2)
  const told = packetsOf(commits, lobby).flatMap(({ changes }) => changes)
  expect(told.map((change) => change.type === 'message:changed' && change.message)).toEqual(await sent)
})

it('makes one commit of what is said in one turn, and one of what is said while that is told', async () => {
  const { store, lobby, ann } = await inhabit(openFresh, 'ann')
  const commits = hear(store)
  const answers = new Promise((resolve) => {
    const stop = store.onCommit(() => {
      stop()
      const during = sayMany(store, lobby, ann, 2)
      // As whoever reads it answers, before all others have been told.
      setImmediate(() => resolve(Promise.all([during, sayMany(store, lobby, ann, 3)])))
    })
  })
  await sayMany(store, lobby, ann, 20)
  await answers
  expect(packetsOf(commits, lobby).map(({ changes }) => changes.length)).toEqual([20, 5])
})

it('keeps the others of a commit in which one is refused', async () => {
  const fresh = await openFresh()
  const { store, lobby, ann } = await inhabit(async () => fresh, 'ann')
  const commits = hear(store)
  const draft = draftOf(lobby, ann)
  const release = holdBack(fresh.file)
  const opener = store.messages.append(draft)
  const others = sayMany(store, lobby, ann, 20)
  const refused = expect(store.messages.append({ ...draft, body: 'other' })).rejects.toEqual(refusal('conflict'))
  const last = sayMany(store, lobby, ann, 20)
  release()
  await refused
  expect(seqsOf([await opener, ...(await others), ...(await last)])).toEqual(range(1, 41))
  expect(commits.length).toBeLessThanOrEqual(2)
})

it('tells everybody of a commit that the disk refused so, keeps nothing of it, and goes on by itself', async () => {
  const troubles: unknown[] = []
  const fresh = await openFresh({ onTrouble: (error) => troubles.push(error) })
  const { store, lobby, ann } = await inhabit(async () => fresh, 'ann')
  const commits = hear(store)
  const drafts = range(1, 5).map(() => draftOf(lobby, ann))
  const other = openDatabase(fresh.file)

  other.exec('ALTER TABLE messages RENAME TO away')
  for (const end of await Promise.allSettled(drafts.map(store.messages.append)))
    expect(end).toEqual({ status: 'rejected', reason: refusal('storage_unavailable') })
  // The disk is in trouble once, however many messages that costs.
  expect([troubles.length, commits.length]).toEqual([1, 0])

  other.exec('ALTER TABLE away RENAME TO messages')
  other.close()
  expect(seqsOf(await Promise.all(drafts.map(store.messages.append)))).toEqual(range(1, 5))
})

it('answers everybody although a listener throws, and hears of it', async () => {
  const troubles: unknown[] = []
  const fresh = await openFresh({ onTrouble: (error) => troubles.push(error) })
  const { store, lobby, ann } = await inhabit(async () => fresh, 'ann')
  const mistake = new Error('A listener has a mistake.')
  store.onCommit(() => {
    throw mistake
  })
  const commits = hear(store)
  expect(await store.messages.append(draftOf(lobby, ann))).toMatchObject({ seq: 1 })
  expect([troubles, commits.length]).toEqual([[mistake], 1])
})
