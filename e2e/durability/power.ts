/**
 * `npm run durability:power -- --cuts 300`: would a message that was answered survive a power cut at this moment?
 *
 * A real server runs under strace while people write to it, is killed and stopped and started again. Its trace has, in one
 * order, every write, sync and name in its data folder, and every answer and announcement on its sockets. For each of many
 * moments the folder is rebuilt as a disk may hold it when the power goes there: only what was synced, everything, a random
 * part, a random part with torn pages. The real store opens it, and everything that had been promised must be there.
 *
 * What it cannot show: a disk that lies about fsync, a file system that damages what was synced, and moments that this run did
 * not pass. It needs Linux with strace, so it is no part of npm test; what decides in it (power/) is.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createChance } from './chance.ts'
import { startExaminer } from './examiner.ts'
import { endOnSignal } from './options.ts'
import { diskAt, filesOf, type Fate } from './power/disk.ts'
import { faultsOf } from './power/judge.ts'
import { DATA, mustTrace, record, type Recorded } from './power/record.ts'

const checkout = path.join(import.meta.dirname, '..', '..')
const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '300' },
    messages: { type: 'string', default: '1500' },
    /** The same number gives the same choice among what was recorded. */
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    /** The folder of the Natter that is judged, if it is not this one. */
    root: { type: 'string', default: checkout },
    /** Leave the first folders in which something was wrong. */
    keep: { type: 'boolean', default: false },
  },
})

endOnSignal()
try {
  mustTrace()
  process.exit(await main())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
}

async function main(): Promise<number> {
  const { random } = createChance(Number(values.seed))
  const recorded = await record({ root: path.resolve(values.root), messages: Number(values.messages) })
  const cuts = chooseCuts(recorded, Number(values.cuts), random)
  const examiner = startExaminer(path.resolve(values.root))
  const images = await mkdtemp(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'natter-images-'))
  const fates: Record<string, Fate> = {
    synced: { keeps: () => false, tears: false },
    everything: { keeps: () => true, tears: false },
    part: { keeps: () => random() < 0.5, tears: false },
    torn: { keeps: () => random() < 0.5, tears: true },
  }
  const faults: string[] = []
  let [opened, lost, kept] = [0, 0, 0]
  for (const cut of cuts) {
    const disk = diskAt(recorded.steps, cut)
    const promised = recorded.promises.filter(({ at }) => at <= cut)
    for (const [name, fate] of Object.entries(fates)) {
      const files = filesOf(disk, fate)
      // An index of the log that is left from before is as good as noise.
      if (fate.tears) files.set(`${DATA}/natter.db-shm`, noise(32_768, random))
      const image = path.join(images, `${cut}-${name}`)
      await lay(image, files)
      const found = faultsOf(await examiner.examine(path.join(image, DATA)), promised)
      opened++
      lost += found.filter((fault) => fault.startsWith('lost')).length
      faults.push(...found.map((fault) => `at ${cut}, ${name}: ${fault}`))
      await rm(image, { recursive: true })
      if (values.keep && found.length > 0 && kept++ < 3) await lay(image, files)
    }
  }
  examiner.close()
  if (kept === 0) await rm(images, { recursive: true })
  else console.log(`Left for you: ${images}`)

  for (const fault of faults.slice(0, 10)) console.log(fault)
  if (faults.length > 10) console.log(`and ${faults.length - 10} more`)
  const messages = recorded.promises.filter((promised) => 'message' in promised).length
  const { acked, steps, promises } = recorded
  const syncs = steps.filter((step) => step.do === 'sync').length
  console.log(
    JSON.stringify({
      cuts: cuts.length,
      opened,
      seed: Number(values.seed),
      calls: steps.length,
      syncs,
      acked,
      messages,
      promises: promises.length,
      lost,
      faults: faults.length,
    }),
  )
  return faults.length > 0 ? 1 : 0
}

function noise(size: number, random: () => number): Uint8Array {
  return Uint8Array.from({ length: size }, () => 256 * random())
}

async function lay(image: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  await mkdir(path.join(image, DATA), { recursive: true })
  for (const [name, bytes] of files) {
    await mkdir(path.dirname(path.join(image, name)), { recursive: true })
    await writeFile(path.join(image, name), bytes)
  }
}

/**
 * Most of them where it is tightest: as an answer leaves, before a sync returns, at the few names and sizes that change, which
 * are those of an opening and of a log that is cut. The rest anywhere.
 */
function chooseCuts({ steps, promises, starts }: Recorded, count: number, random: () => number): number[] {
  const syncs = steps.filter((step) => step.do === 'sync')
  const isOpening = (at: number) => {
    const start = starts.findLast((moment) => moment <= at) ?? 0
    const first = promises.find((promised) => promised.at > start)
    return first !== undefined && at < first.at
  }
  const rare = steps.filter(({ at, do: what }) => what !== 'write' && (what !== 'sync' || isOpening(at)))
  const moments: [share: number, moments: number[]][] = [
    [0.5, promises.map(({ at }) => at)],
    [0.2, syncs.map(({ done }) => done - 1)],
    [0.15, rare.map(({ at }) => at)],
    [1, steps.map(({ at }) => at)],
  ]
  const cuts = new Set<number>()
  for (const [share, candidates] of moments) {
    const left = [...new Set(candidates)].filter((moment) => !cuts.has(moment))
    const wanted = share === 1 ? count : cuts.size + Math.round(share * count)
    while (cuts.size < wanted && left.length > 0) {
      for (const moment of left.splice(Math.floor(random() * left.length), 1)) cuts.add(moment)
    }
  }
  return [...cuts].sort((a, b) => a - b)
}
