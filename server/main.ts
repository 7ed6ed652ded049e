import path from 'node:path'
import { createApp } from './app.ts'
import { openCluster } from './cluster/open.ts'
import { readConfig } from './config.ts'
import { letGo } from './letGo.ts'
import { createLog } from './log.ts'
import { openStore, whereOf } from './store/open.ts'
import { bucketOf } from './uploads/where.ts'

/** Whoever stops a server should not wait for a connection that does not end. Milliseconds. */
const STOP_DEADLINE = 4_000

// What people write here is nobody else's on this machine.
process.umask(0o077)

try {
  process.loadEnvFile()
} catch {
  // No .env file: the environment and the defaults are enough.
}

try {
  const config = readConfig()
  const log = createLog(config.LOG_LEVEL)
  // The last resort. Every handler answers its own errors; whatever still gets here must not end everybody's conversation.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) =>
      log.error('unexpected error', { error: String(error), stack: error instanceof Error ? error.stack : null }),
    )
  }
  const dir = path.resolve(config.DATA_DIR)
  const cluster = await openCluster(config, log)
  const store = await openStore({ config, dir, log, cluster })
  const app = createApp({ config, store, log, cluster })
  const token = await store.place.ownerLink()
  letGo()
  const url = await app.listen()
  const bucket = bucketOf(config)?.bucket
  const files = bucket === undefined ? '' : `, and files in the bucket ${bucket}`
  // Beside Vite it has no address for people: they come through Vite's.
  if (!process.connected) console.log(`Natter is at ${url} and keeps everything in ${whereOf(config, dir)}${files}`)
  // Only who can read this may own the place. After a '#' it is told to no server and kept in no log.
  if (token)
    console.log(
      `It is nobody's yet. To own it, open ${config.ORIGIN[0] ?? (process.connected ? '' : url)}/begin#${token}`,
    )

  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOP_DEADLINE).unref()
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('stopped with an error', { error: String(error) })
        process.exit(1)
      },
    )
  }
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(event, stop)
  // Whoever started it may have gone before it could hear of it.
  if (process.connected === false) stop()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
