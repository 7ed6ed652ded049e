import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import type { Command, Reply, Round } from './committing.ts'

/** Shared with the thread that writes: the newest command whose asker has given up. Those before it are answered, or given up as well. */
export type GivenUp = BigInt64Array

type Writing = {
  /** All that waits. Whether somebody waits for one is asked right before it is begun: what is given up is done behind nobody's back. */
  write: (commands: Command[], isWanted: (command: Command) => boolean) => void
  /** After the last of them. */
  end: () => void
}

/** The thread's end: whatever has arrived meanwhile is taken together, until it is told to close. */
export function takeRounds(port: MessagePort, givenUp: GivenUp, { write, end }: Writing): void {
  const isWanted = ({ id }: Command) => id > Atomics.load(givenUp, 0)
  port.on('message', (first: Round | { close: true }) => {
    const waiting = [first]
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) waiting.push(next.message)
    const rounds = waiting.filter((message): message is Round => 'commands' in message)
    if (rounds.length > 0)
      write(
        rounds.flatMap((round) => round.commands),
        isWanted,
      )
    if (rounds.length === waiting.length) return
    end()
    port.postMessage({ closed: true } satisfies Reply)
    port.close()
  })
}
