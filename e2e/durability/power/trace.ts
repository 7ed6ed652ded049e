import path from 'node:path'
import type { Step } from './disk.ts'

/** Bytes that went out on a socket, with the moment at which the kernel was asked to send them. */
export type Sent = { at: number; socket: string; bytes: Buffer }
export type Record = { steps: Step[]; sent: Sent[] }

/** Calls that change a folder or send something. What of them this file cannot follow makes it refuse, not guess. */
export const CALLS =
  'openat,open,creat,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range,' +
  'rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,mkdir,mkdirat,rmdir,copy_file_range,sendfile,' +
  'splice,sendto,sendmsg,sendmmsg,io_uring_setup'

type Places = Map<number, number>
type Call = { at: number; done: number; name: string; args: string; result: number }

/**
 * Reads what `strace -f -y -s … -e trace=CALLS` wrote. The moments are its lines: one tracer sees all threads, so a call that
 * another waited for stands before it.
 */
export function readTrace(lines: Iterable<string>, folder: string): Record {
  const record: Record = { steps: [], sent: [] }
  /** Where the next of the writes that do not say it goes, for files that are only written. */
  const places: Places = new Map()
  for (const call of callsOf(lines).calls) follow(call, folder, record, places)
  // A call counts from its beginning, and is only known whole at its end.
  record.steps.sort((a, b) => a.at - b.at)
  record.sent.sort((a, b) => a.at - b.at)
  return record
}

/**
 * A call in which its process was killed has no end, and yet may have had its whole effect. These are the lines with which
 * the record would go on if it had. A sync is never taken for done.
 */
export function endsMissing(lines: Iterable<string>): string[] {
  return callsOf(lines).open.flatMap(({ thread, name, args }) => {
    if (!['pwrite64', 'ftruncate', 'rename', 'unlink'].includes(name)) return []
    const result = name === 'pwrite64' ? (stringsOf(args)[0]?.length ?? 0) : 0
    return [`${thread}  <... ${name} resumed>) = ${result}`]
  })
}

type Begun = { at: number; thread: string; name: string; args: string }

/** All calls that returned, and those that have not. */
function callsOf(lines: Iterable<string>): { calls: Call[]; open: Begun[] } {
  const calls: Call[] = []
  const begun = new Map<string, Begun>()
  let now = 0
  for (const line of lines) {
    now++
    const [, thread = '', rest = ''] = /^(\d+) +(.*)$/s.exec(line) ?? []
    const opening = rest.indexOf('(')
    const whole = rest.startsWith('<... ')
      ? begun.get(thread)
      : { at: now, thread, name: rest.slice(0, opening), args: rest.slice(opening + 1) }
    if (!whole || !/^\w+$/.test(whole.name)) continue
    const result = rest.endsWith(' <unfinished ...>')
      ? NaN
      : Number.parseInt(rest.slice(rest.lastIndexOf(' = ') + 3), 10)
    if (Number.isNaN(result)) {
      begun.set(thread, whole)
      continue
    }
    begun.delete(thread)
    calls.push({ ...whole, done: now, result })
  }
  return { calls, open: [...begun.values()] }
}

function follow(
  { at, done, name: call, args, result }: Call,
  folder: string,
  { steps, sent }: Record,
  places: Places,
): void {
  if (result < 0) return
  if (call === 'io_uring_setup') {
    // libuv has a ring that only says which sockets to watch. The one that reads and writes polls its queue.
    if (!args.includes('IORING_SETUP_SQPOLL')) return
    throw new Error('The server writes by io_uring, which no trace of its calls can follow.')
  }
  const [, opened = ''] = /^\d+<([^>]*)>/.exec(args) ?? []
  if (opened.startsWith('socket:')) {
    if (call !== 'sendmmsg' && /^(write|send)/.test(call)) {
      sent.push({ at, socket: opened, bytes: Buffer.concat(stringsOf(args)).subarray(0, result) })
    }
    return
  }
  const inside = (file: string) => {
    const name = path.relative(folder, file)
    return name.startsWith('..') || path.isAbsolute(name) ? null : name
  }
  const named = () => stringsOf(args).map((bytes) => inside(bytes.toString()))
  const [name] = opened.startsWith('/') ? [inside(opened)] : named()
  // What SQLite keeps in -shm it makes anew when nobody has it open; a file without a name is gone with the power.
  if (name === null || name === undefined || name.endsWith('-shm') || name.endsWith(' (deleted)')) return
  const step = { at, done, name }
  switch (call) {
    case 'openat':
    case 'open':
      if (args.includes('O_CREAT')) steps.push({ ...step, do: 'create' })
      if (args.includes('O_TRUNC')) steps.push({ ...step, do: 'truncate', size: 0 })
      if (args.includes('O_WRONLY') && !args.includes('O_APPEND')) places.set(result, 0)
      else places.delete(result)
      return
    case 'write': {
      const descriptor = Number.parseInt(args, 10)
      const offset = places.get(descriptor)
      const [bytes] = stringsOf(args)
      if (bytes && offset !== undefined) {
        places.set(descriptor, offset + result)
        steps.push({ ...step, do: 'write', offset, bytes: bytes.subarray(0, result) })
        return
      }
      break
    }
    case 'pwrite64': {
      const offset = Number(/, (\d+)(?:\)| <)[^"]*$/.exec(args)?.[1])
      const [bytes] = stringsOf(args)
      if (bytes && Number.isInteger(offset)) {
        steps.push({ ...step, do: 'write', offset, bytes: bytes.subarray(0, result) })
        return
      }
      break
    }
    case 'ftruncate': {
      const size = Number(/, (\d+)(?:\)| <)/.exec(args)?.[1])
      if (Number.isInteger(size)) {
        steps.push({ ...step, do: 'truncate', size })
        return
      }
      break
    }
    case 'rename': {
      const [, to] = named()
      if (typeof to === 'string') {
        steps.push({ ...step, do: 'rename', to })
        return
      }
      break
    }
    case 'unlink':
      steps.push({ ...step, do: 'unlink' })
      return
    case 'fsync':
    case 'fdatasync':
      steps.push({ ...step, do: 'sync' })
      return
    case 'mkdir':
      steps.push({ ...step, do: 'mkdir' })
      return
    // A start of writing makes nothing certain.
    case 'sync_file_range':
      return
  }
  throw new Error(`The server did something in its folder that this cannot follow: ${call}(${args.slice(0, 200)}`)
}

/** The strings of a call as the kernel saw them. */
function stringsOf(args: string): Buffer[] {
  return [...args.matchAll(/"((?:[^"\\]|\\.)*)"(\.\.\.)?/gs)].map(([, escaped = '', more]) => {
    if (more) throw new Error('The record is cut short: strace was told to keep less than the server wrote.')
    return unescape(escaped)
  })
}

const letters: { [letter: string]: string } = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f' }

const unescape = (escaped: string): Buffer =>
  Buffer.from(
    escaped.replaceAll(/\\(?:([0-7]{1,3})|(.))/gs, (_, octal?: string, letter = '') =>
      octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (letters[letter] ?? letter),
    ),
    'latin1',
  )
