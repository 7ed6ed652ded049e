import { expect, it, onTestFinished, vi } from 'vitest'
import { createWaiting } from './waiting.ts'

function line() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'hrtime'] })
  onTestFinished(() => void vi.useRealTimers())
  const late = vi.fn()
  const answers: string[] = []
  const { add, stored, givenUp, ...waiting } = createWaiting(late)
  return {
    ...waiting,
    stored,
    late,
    answers,
    givenUp: () => givenUp[0],
    join: (name: string) =>
      add({
        resolve: () => answers.push(`${name} stored`),
        reject: ({ message }) => answers.push(`${name}: ${message}`),
      }),
    /** Something is stored every so often meanwhile. */
    async pass(seconds: number, each = Infinity) {
      for (let passed = 1; passed <= seconds; passed++) {
        await vi.advanceTimersByTimeAsync(1_000)
        if (passed % each === 0) stored()
      }
    },
  }
}
const sorry = 'The message could not be stored just now. Try again.'

it('refuses after 4 s those for whom nothing is stored, tells which is the newest of them, and leaves the others', async () => {
  const { join, pass, settle, end, late, answers, givenUp } = line()
  const [, second] = [join('ann'), join('bob')]
  await pass(3)
  const third = join('cleo')
  await pass(1)
  expect(answers).toEqual([`ann: ${sorry}`, `bob: ${sorry}`])
  expect([givenUp(), late.mock.calls.length]).toEqual([second, 2])
  settle({ id: third, value: 1 })
  expect(answers.at(-1)).toBe('cleo stored')
  await end()
})

it('lets those wait on who stand behind others that are being stored, for 8 s and no longer', async () => {
  const { join, pass, answers, givenUp } = line()
  const id = join('ann')
  await pass(7, 2)
  expect([answers, givenUp()]).toEqual([[], 0n])
  await pass(1)
  expect([answers, givenUp()]).toEqual([[`ann: ${sorry}`], id])
})

it('refuses those who stand behind others 4 s after the last of these was stored', async () => {
  const { join, pass, stored, answers } = line()
  join('ann')
  await pass(2)
  stored()
  await pass(3)
  expect(answers).toEqual([])
  await pass(1)
  expect(answers).toEqual([`ann: ${sorry}`])
})

it('answers each once, with a refusal, a mistake or what was asked for, and ends when all are answered', async () => {
  const { join, settle, refuse, refuseAll, fail, end, answers } = line()
  const [ann, bob, cleo] = [join('ann'), join('bob'), join('cleo')]
  join('dan')
  let ended = false
  const over = end().then(() => (ended = true))
  settle({ id: ann, refusal: { code: 'forbidden', message: 'No.' } })
  settle({ id: ann, value: 1 })
  settle({ id: bob, mistake: 'Oh.' })
  fail(cleo, new Error('Not for a thread.'))
  refuse(cleo)
  await Promise.resolve()
  expect(ended).toBe(false)
  refuseAll()
  await over
  expect(answers).toEqual(['ann: No.', 'bob: Oh.', 'cleo: Not for a thread.', `dan: ${sorry}`])
})
