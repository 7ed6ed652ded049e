import { existsSync, readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'

const find = (...names) => {
  for (const name of names) {
    for (const dir of (process.env.PATH ?? '').split(path.delimiter)) {
      if (existsSync(path.join(dir, name))) return path.join(dir, name)
    }
  }
  return undefined
}

/** The folder of PostgreSQL's programs. Debian keeps them off the PATH, a folder for each version. */
export function findPostgres() {
  const onPath = find('postgres')
  const versions = '/usr/lib/postgresql'
  const all = existsSync(versions) ? readdirSync(versions).toSorted((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...(onPath ? [path.dirname(realpathSync(onPath))] : []),
    ...all.map((version) => path.join(versions, version, 'bin')),
  ]
  return folders.find((folder) => ['postgres', 'initdb'].every((name) => existsSync(path.join(folder, name))))
}

/** Debian keeps it where only root looks for programs. */
export function findNginx() {
  const apart = '/usr/sbin/nginx'
  return find('nginx') ?? (existsSync(apart) ? apart : undefined)
}

export function findCaddy() {
  return find('caddy')
}

export function findRedis() {
  return find('redis-server', 'valkey-server')
}
