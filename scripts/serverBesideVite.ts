import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Plugin } from 'vite'

const root = path.join(import.meta.dirname, '..')

/** Whether a file is in one of these folders of the project. */
export const isBelow = (folders: string[], file: string) =>
  folders.includes(path.relative(root, file).split(path.sep)[0] ?? '')

/** `npm run dev`: runs the server beside Vite and restarts it whenever a file of server/ or protocol/ changes. */
export function server(port: number): Plugin {
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  // One step after the other: of two starts at once, one would never be ended, and keep the port and the data.
  let last = Promise.resolve()
  const next = (step: () => void | Promise<void>) => (last = last.then(step))

  function start(): void {
    child = spawn(process.execPath, ['server/start.mjs'], {
      cwd: root,
      // With the channel open the server knows that it is not alone, and ends when Vite does, however that ends.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'development', HOST: '127.0.0.1', PORT: `${port}`, ORIGIN: '' },
    })
  }
  async function stop(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill()
    await ended
  }

  return {
    name: 'natter-server',
    apply: (_, { command, mode, isPreview }) => command === 'serve' && mode === 'development' && !isPreview,
    configureServer(vite) {
      vite.watcher.on('all', (_, file) => {
        if (!isBelow(['server', 'protocol'], file) || !/^[^.]+\.ts$/.test(path.basename(file))) return
        clearTimeout(timer)
        timer = setTimeout(() => {
          vite.config.logger.info(`server restart ${path.relative(root, file)}`, { timestamp: true })
          void next(stop)
          void next(start)
        }, 30)
      })
      // When Vite's own settings change, it makes a new Vite before it ends the old one. Only then does it listen.
      vite.httpServer?.once('listening', () => void next(start))
    },
    closeServer() {
      clearTimeout(timer)
      return next(stop)
    },
  }
}
