import { expect } from '@playwright/test'
import { connect } from '../support/client.ts'
import { startNatter } from '../support/server.ts'
import { test } from '../support/test.ts'
import { createChance } from './chance.ts'
import { attack } from './hostile.ts'

/** A million by hand: HOSTILE_FRAMES=1000000 npm run e2e -- hostile */
const frames = Number(process.env['HOSTILE_FRAMES'] ?? 40_000)

test(`no packet ends the process: ${frames} hostile frames are refused or answered, and others talk on`, async () => {
  test.setTimeout(60_000 + frames * 4)
  const natter = await startNatter({ LIMIT_MESSAGES: '1000000', LIMIT_REQUESTS: '1000000', LOG_LEVEL: 'warn' })
  const ann = await connect(natter.url, 'Ann')
  let cuts = 0
  ann.socket.on('disconnect', () => cuts++)
  const seed = Math.floor(Math.random() * 2 ** 31)
  const { answers, ...counted } = await attack(natter.url, { frames, chance: createChance(seed) })
  console.log(JSON.stringify({ seed, ...counted, answers }))

  await ann.say('still here')
  // Nor was it started anew: others have not noticed anything.
  expect(cuts).toBe(0)
  expect(
    natter
      .output()
      .split('\n')
      .filter((line) => /unexpected error|request failed/.test(line)),
  ).toEqual([])
  expect(answers).not.toHaveProperty('internal')
  // Two in three had somebody waiting for an answer.
  const answered = Object.values(answers).reduce((sum, n) => sum + n, 0)
  expect(answered).toBeGreaterThan(counted.frames / 3)
  ann.close()
  await natter.stop()
})
