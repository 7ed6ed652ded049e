/**
 * Loaded before any server (`node --import`): a signal makes it tell, in one line, what it holds once its garbage is gone, and how long
 * its event loop was late since the last time. Without it one would measure how seldom V8 tidies up. No TypeScript, which would bring
 * the 15 MB with it that take its types off.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

/** How often it looks, which is no delay, though Node counts it as one. Milliseconds. */
const EVERY = 5

if (isMainThread) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  const delay = monitorEventLoopDelay({ resolution: EVERY })
  delay.enable()
  let times = 0
  process.on('SIGUSR2', () => {
    const [p50, p99, max] = [delay.percentile(50), delay.percentile(99), delay.max].map((ns) =>
      Math.max(0, ns / 1e6 - EVERY),
    )
    // Twice: what the first found to be finalised is freed by the second.
    collect()
    collect()
    const { rss, heapUsed, external } = process.memoryUsage()
    console.log(`probe ${++times} ${JSON.stringify({ rss, held: heapUsed + external, p50, p99, max })} done`)
    // Tidying up was late by itself, and is counted at the next look.
    setTimeout(() => delay.reset(), 2 * EVERY)
  })
}
