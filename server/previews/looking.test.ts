import { readdir } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { createLookUp } from './looking.ts'
import { nameServer } from './testing/nameServer.ts'

const four = Buffer.from([93, 184, 216, 34])
const six = Buffer.from('20010db8000000000000000000000001', 'hex')

it('finds where a name leads, of either kind, and nothing of one that there is not', async () => {
  const known = { 'both.example': { A: four, AAAA: six }, 'new.example': { AAAA: six }, 'old.example': { A: four } }
  const lookUp = createLookUp([await nameServer(known)])
  const v4 = { address: '93.184.216.34', family: 4 }
  const v6 = { address: '2001:db8::1', family: 6 }
  expect(await lookUp('both.example')).toEqual([v4, v6])
  expect(await lookUp('new.example')).toEqual([v6])
  expect(await lookUp('old.example')).toEqual([v4])
  await expect(lookUp('none.example')).rejects.toMatchObject({ code: 'ENOTFOUND' })
})

it('holds up nobody who reads files while a name server does not answer, and gives it up', async () => {
  const lookUp = createLookUp([await nameServer({ 'slow.example': null })])
  let ended = 0
  const all = Array.from({ length: 8 }, () =>
    lookUp('slow.example').finally(() => {
      ended++
    }),
  )
  const settled = Promise.allSettled(all)
  await readdir('.')
  expect(ended).toBe(0)
  for (const one of await settled) expect(one).toMatchObject({ reason: { code: 'ETIMEOUT' } })
})
