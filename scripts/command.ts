import path from 'node:path'
import { readConfig, type Config } from '../server/config.ts'

/**
 * A command for whoever runs Natter, about its data folder and the file or person that was named: `perform` returns the
 * sentence that it ends with, or throws an Error with the one that says why not.
 */
export async function command(
  usage: string,
  perform: (dir: string, named: string, config: Config) => string | Promise<string>,
): Promise<void> {
  // What people write here is nobody else's on this machine.
  process.umask(0o077)
  try {
    process.loadEnvFile()
  } catch {
    // No .env file: the environment and the defaults are enough.
  }
  try {
    // Where something goes may be said with its own word.
    const [named] = process.argv.slice(2).filter((word) => word !== '--to')
    if (!named) throw new Error(usage)
    const config = readConfig()
    console.log(await perform(path.resolve(config.DATA_DIR), named, config))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
