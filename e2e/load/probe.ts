/**
 * Loaded before any server (`node --import`): a signal makes it tell, in one line, what it holds once its garbage is gone, and how long
 * its event loop was late since the last time. Without it one would measure how seldom V8 tidies up.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  let times = 0
  process.on('SIGUSR2', () => {
    const [p50, p99, max] = [delay.percentile(50), delay.percentile(99), delay.max].map((ns) => ns / 1e6)
    // Twice: what the first found to be finalised is freed by the second.
    collect()
    collect()
    const { rss, heapUsed, external } = process.memoryUsage()
    console.log(`probe ${++times} ${JSON.stringify({ rss, held: heapUsed + external, p50, p99, max })} done`)
    delay.reset()
  })
}
