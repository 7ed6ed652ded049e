import { rename } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../config.ts'
import { execute, inside } from './execute.ts'

/** Makes that a server cannot store anything. Returns what makes that it can again. */
export async function hinderWriting({
  DATABASE_URL: url,
  DATA_DIR: dir,
}: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'>): Promise<() => Promise<void>> {
  if (url === undefined) {
    const file = path.join(dir, 'natter.db')
    await rename(file, `${file}.away`)
    return () => rename(`${file}.away`, file)
  }
  const name = new URL(url).pathname.slice(1)
  const beside = inside(url, 'postgres')
  // As a standby is that has not taken over yet.
  async function readOnly(on: boolean): Promise<void> {
    await execute(beside, `ALTER DATABASE ${name} SET default_transaction_read_only = ${on ? 'on' : 'off'}`)
    const others = `FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`
    await execute(beside, `SELECT pg_terminate_backend(pid) ${others}`)
  }
  await readOnly(true)
  return () => readOnly(false)
}
