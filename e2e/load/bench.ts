import { browser } from './browser.ts'
import { search } from './search.ts'

/** Experiments with a server under load, and with a page: `npm run bench -- search`. Each tells what it has measured in words, and as one line of JSON. */
const experiments: Record<string, (options: string[]) => Promise<Record<string, unknown>>> = { browser, search }

const [name = '', ...options] = process.argv.slice(2)
const experiment = Object.hasOwn(experiments, name) ? experiments[name] : undefined
if (experiment) console.log(JSON.stringify({ experiment: name, ...(await experiment(options)) }))
else {
  console.error(`Name an experiment: ${Object.keys(experiments).join(', ')}.`)
  process.exitCode = 1
}
