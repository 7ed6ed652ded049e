import { expect, it, onTestFinished, vi } from 'vitest'
import { emptyCommit } from '../contract/setting.ts'
import type { Commit } from '../store.ts'
import { startTelling } from './telling.ts'

const commit: Commit = {
  ...emptyCommit,
  rooms: [{ roomId: 'lobby', after: 1, rev: 2, changes: [], people: [] }],
}
const told = JSON.stringify(commit)

async function start(isWriting = () => false) {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const heard: string[] = []
  const [onHidden, onRenewed] = [vi.fn(), vi.fn()]
  let logId = 'log'
  const log: { id: number; node: string }[] = []
  let hint: (text: string) => void = () => {}
  const telling = await startTelling({
    logId: 'log',
    node: 'mine',
    log: {
      end: async () => '1',
      async since(from) {
        const entries = log.splice(0)
        return { entries, next: String(Number(from) + entries.length), logId }
      },
      told: async (ids) => ids.map((id) => ({ id, told })),
    },
    hints: {
      tell: () => {},
      hear: (_, listener) => {
        hint = listener
        return () => {}
      },
    },
    announce: ({ elsewhere, waited }) =>
      void heard.push(`${elsewhere ? 'elsewhere' : 'here'}${waited ? ', waited' : ''}`),
    isWriting,
    onMissed: () => expect.unreachable('It stood still.'),
    missedAfter: 60_000,
    onRenewed,
    onHidden,
    onTrouble: (error) => expect.unreachable(String(error)),
  })
  const look = () => vi.advanceTimersByTimeAsync(1_000)
  const done = (id: number) =>
    telling.done({ results: [], commit, stored: null, logged: { id, told } }, () => heard.push('here'))
  const renew = (now: string) => void (logId = now)
  return {
    heard,
    log,
    onHidden,
    onRenewed,
    renew,
    look,
    hint: (id: number) => hint(`${id} ${told}`),
    done,
    close: telling.close,
  }
}

it('tells once what another node has committed, whether the hint or the log comes first', async () => {
  const { heard, log, look, hint, close } = await start()
  log.push({ id: 7, node: 'other' })
  await look()
  expect(heard).toEqual(['elsewhere'])
  hint(7)
  hint(8)
  log.push({ id: 8, node: 'other' })
  await look()
  await look()
  expect(heard).toEqual(['elsewhere', 'elsewhere'])
  await close()
})

it('tells once what another node has committed, although its hint comes some looks later', async () => {
  const { heard, log, look, hint, close } = await start()
  log.push({ id: 7, node: 'other' })
  for (const _ of [1, 2, 3, 4, 5]) await look()
  hint(7)
  expect(heard).toEqual(['elsewhere'])
  await close()
})

it('tells once what it has committed itself, although the log had it before', async () => {
  const { heard, log, look, done, close } = await start()
  log.push({ id: 7, node: 'mine' })
  await look()
  done(7)
  await look()
  await look()
  expect(heard).toEqual(['here'])
  await close()
})

it('tells in the end what it has committed and does not know of, as after an answer that was lost', async () => {
  const { heard, log, look, close } = await start()
  log.push({ id: 7, node: 'mine' })
  await look()
  await look()
  await look()
  expect(heard).toEqual(['elsewhere'])
  await close()
})

it('keeps what comes while this node commits something itself, tells it right before that, and waits no longer than a moment', async () => {
  let writing = true
  const { heard, hint, done, close } = await start(() => writing)
  hint(7)
  hint(8)
  expect(heard).toEqual([])
  done(9)
  expect(heard).toEqual(['elsewhere, waited', 'elsewhere, waited', 'here'])

  hint(10)
  await vi.advanceTimersByTimeAsync(99)
  writing = false
  // In order: behind what waits already.
  hint(11)
  expect(heard).toHaveLength(3)
  await vi.advanceTimersByTimeAsync(1)
  expect(heard.slice(3)).toEqual(['elsewhere, waited', 'elsewhere, waited'])
  hint(12)
  expect(heard.at(-1)).toBe('elsewhere')

  writing = true
  hint(13)
  await close()
  expect(heard).toHaveLength(7)
})

it('says once that the log does not show what was committed, and again after it has shown it', async () => {
  const { log, onHidden, look, done, close } = await start()
  const time = async (looks: number) => {
    for (let i = 0; i < looks; i++) await look()
  }
  await time(60)
  expect(onHidden).not.toHaveBeenCalled()
  for (const id of [7, 8]) {
    done(id)
    await time(30)
    expect(onHidden).toHaveBeenCalledTimes(id - 7)
    await time(60)
    expect(onHidden).toHaveBeenCalledTimes(id - 6)
    log.push({ id, node: 'mine' })
    await time(2)
  }
  await close()
})

it('says once that another log goes on, and counts nothing of the one before', async () => {
  const { heard, onRenewed, renew, look, hint, close } = await start()
  hint(7)
  renew('another')
  await look()
  await look()
  expect(onRenewed.mock.calls).toEqual([['another']])
  // A database that was put back gives the same numbers to what is committed next.
  hint(7)
  expect(heard).toEqual(['elsewhere', 'elsewhere'])
  await close()
})
