import { describe, expect, it } from 'vitest'
import { endsMissing, readTrace } from './trace.ts'

const read = (...lines: string[]) => readTrace(lines, '/data')
const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('a trace of a server', () => {
  it('tells what was done in its folder, and when', () => {
    const { steps } = read(
      '10  openat(AT_FDCWD</srv>, "/data/a", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 21</data/a>',
      '10  pwrite64(21</data/a>, "SQLite\\0\\20\\377\\"\\\\\\n", 12, 4096) = 12',
      '10  ftruncate(21</data/a>, 3)       = 0',
      '10  fsync(21</data/a>)              = 0',
      '10  fsync(30</data>)                = 0',
      '10  rename("/data/a", "/data/b")    = 0',
      '10  unlink("/data/b")               = 0',
    )
    expect(steps).toEqual([
      { at: 1, done: 1, do: 'create', name: 'a' },
      { at: 2, done: 2, do: 'write', name: 'a', offset: 4096, bytes: bytes('SQLite\0\x10\xff"\\\n') },
      { at: 3, done: 3, do: 'truncate', name: 'a', size: 3 },
      { at: 4, done: 4, do: 'sync', name: 'a' },
      { at: 5, done: 5, do: 'sync', name: '' },
      { at: 6, done: 6, do: 'rename', name: 'a', to: 'b' },
      { at: 7, done: 7, do: 'unlink', name: 'b' },
    ])
  })

  it('knows when a call began and when it returned, although other threads were heard in between', () => {
    const { steps, sent } = read(
      '10  fsync(21</data/a> <unfinished ...>',
      '11  write(30<socket:[7]>, "early", 5 <unfinished ...>',
      '11  <... write resumed>)              = 5',
      '10  <... fsync resumed>)              = 0',
      '11  writev(30<socket:[7]>, [{iov_base="la", iov_len=2}, {iov_base="ter", iov_len=3}], 2) = 4',
    )
    expect(steps).toEqual([{ at: 1, done: 4, do: 'sync', name: 'a' }])
    expect(sent).toEqual([
      { at: 2, socket: 'socket:[7]', bytes: bytes('early') },
      { at: 5, socket: 'socket:[7]', bytes: bytes('late') },
    ])
  })

  it('puts one write after the other where a file is only written', () => {
    const { steps } = read(
      '10  openat(AT_FDCWD</srv>, "/data/a", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0600) = 21</data/a>',
      '10  write(21</data/a>, "abc", 3) = 2',
      '10  write(21</data/a>, "c", 1) = 1',
    )
    expect(steps.slice(2)).toEqual([
      { at: 2, done: 2, do: 'write', name: 'a', offset: 0, bytes: bytes('ab') },
      { at: 3, done: 3, do: 'write', name: 'a', offset: 2, bytes: bytes('c') },
    ])
  })

  it('takes nothing for done that failed or never returned', () => {
    const { steps } = read(
      '10  unlink("/data/a")               = -1 ENOENT (No such file or directory)',
      '10  fsync(21</data/a> <unfinished ...>',
      '10  +++ killed by SIGKILL +++',
    )
    expect(steps).toEqual([])
  })

  it('can go on as if a call had ended in which its process was killed, unless that was a sync', () => {
    const lines = [
      '10  openat(AT_FDCWD</srv>, "/data/a", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 21</data/a>',
      '10  pwrite64(21</data/a>, "abc", 3, 8 <unfinished ...>',
      '11  fsync(22</data/b> <unfinished ...>',
      '12  ftruncate(22</data/b>, 7)       = ?',
      '10  <... pwrite64 resumed>)           = ?',
      '10  +++ killed by SIGKILL +++',
      '11  <... fsync resumed>)              = ?',
      '11  +++ killed by SIGKILL +++',
    ]
    expect(read(...lines).steps).toHaveLength(1)
    expect(read(...lines, ...endsMissing(lines)).steps.slice(1)).toEqual([
      { at: 2, done: 9, do: 'write', name: 'a', offset: 8, bytes: bytes('abc') },
      { at: 4, done: 10, do: 'truncate', name: 'b', size: 7 },
    ])
  })

  it('leaves out what is elsewhere, and what does not outlive the power', () => {
    const { steps } = read(
      '10  openat(AT_FDCWD</srv>, "/etc/hosts", O_RDONLY|O_CLOEXEC) = 21</etc/hosts>',
      '10  pwrite64(22</data/natter.db-shm>, "\\0", 1, 4095) = 1',
      '10  pwrite64(23</data/gone (deleted)>, "x", 1, 0) = 1',
      '10  mkdir("/data", 0777)            = -1 EEXIST (File exists)',
    )
    expect(steps).toEqual([])
  })

  it.each([
    [
      '10  fallocate(21</data/a>, 0, 0, 4096) = 0',
      /^The server did something in its folder that this cannot follow: fallo/,
    ],
    ['10  write(21</data/a>, "x", 1) = 1', /cannot follow: write/],
    ['10  pwrite64(21</data/a>, "x"..., 4096, 0) = 4096', /^The record is cut short/],
    ['10  io_uring_setup(64, {flags=IORING_SETUP_SQPOLL}) = 9', /io_uring/],
  ])('refuses what it cannot follow: %s', (line, sentence) => {
    expect(() => read(line)).toThrow(sentence)
  })
})
