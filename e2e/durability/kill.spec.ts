import { randomUUID } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import { expect } from '@playwright/test'
import type { Answer } from '../../protocol/index.ts'
import type { Message } from '../../protocol/messages.ts'
import { connect } from '../support/client.ts'
import { startNatter } from '../support/server.ts'
import { test } from '../support/test.ts'

const CYCLES = 20
const WRITERS = 4

test(`${CYCLES} times kill -9 under load: nothing acked is lost, nothing doubled, nothing out of order`, async () => {
  test.setTimeout(240_000)
  const natter = await startNatter({ LIMIT_MESSAGES: '1000000', LIMIT_REQUESTS: '1000000', LOG_LEVEL: 'silent' })
  const stopping = new AbortController()
  const writers = await Promise.all(
    Array.from({ length: WRITERS }, (_, i) => write(natter.url, `Writer ${i}`, stopping.signal)),
  )

  const recoveries: number[] = []
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    // Long enough for messages to be in every state at the moment of the kill; chance decides which.
    await after(100 + Math.random() * 400)
    await natter.kill('SIGKILL')
    const killed = performance.now()
    await natter.restart()
    recoveries.push(performance.now() - killed)
    const acked = writers.map((writer) => writer.acked.length)
    await expect
      .poll(() => writers.every((writer, i) => writer.acked.length > (acked[i] ?? 0)), { timeout: 30_000 })
      .toBe(true)
  }
  stopping.abort()
  await Promise.all(writers.map(({ done }) => done))

  const reader = await connect(natter.url, 'Reader')
  const stored = await reader.history()
  reader.close()
  const acked = writers.flatMap((writer) => writer.acked)
  const byKey = Map.groupBy(stored, ({ key }) => key)
  const figures = {
    cycles: CYCLES,
    sent: writers.reduce((sum, { sent }) => sum + sent(), 0),
    acked: acked.length,
    stored: stored.length,
    lost: acked.filter(({ key, seq }) => byKey.get(key)?.[0]?.seq !== seq).length,
    doubled: stored.length - byKey.size,
    gaps: stored.filter(({ seq }, i) => seq !== i + 1).length,
    outOfOrder: writers.reduce(
      (sum, { personId }) => sum + disorder(stored.filter(({ authorId }) => authorId === personId)),
      0,
    ),
    listeningAgainMs: Math.round(Math.max(...recoveries)),
  }
  console.log(JSON.stringify(figures))
  await natter.stop()
  expect(figures).toMatchObject({ lost: 0, doubled: 0, gaps: 0, outOfOrder: 0 })
  expect(figures.acked).toBeGreaterThan(CYCLES * WRITERS)
})

/** Sends numbered messages one after the other, each until it is acked, as the outbox does. */
async function write(url: string, name: string, signal: AbortSignal) {
  const { socket, hello, roomId } = await connect(url, name)
  const acked: Message[] = []
  let sent = 0
  const done = (async () => {
    while (!signal.aborted) {
      const draft = { roomId, key: randomUUID(), body: `${++sent}` }
      for (;;) {
        const answer = await socket
          .timeout(2_000)
          .emitWithAck('message:send', draft)
          .catch((): null => null)
        const { data } = (answer as Answer<Message> | null)?.ok ? (answer as { data: Message }) : { data: null }
        if (data) {
          acked.push(data)
          break
        }
      }
    }
    socket.disconnect()
  })()
  return { acked, done, personId: hello.me.id, sent: () => sent }
}

/** How many of an author's numbered messages do not follow the number before them. */
const disorder = (messages: Message[]) => messages.filter(({ body }, i) => Number(body) !== i + 1).length
