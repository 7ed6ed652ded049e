import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { REFUSALS } from '../../protocol/errors.ts'
import { requests } from '../../protocol/index.ts'
import { startServer } from '../testing/startServer.ts'
import { scrape } from './testing/scraping.ts'

const token = 'a-token-of-the-test-alone'
const dashboard = readFileSync(path.join(import.meta.dirname, '..', '..', 'deploy', 'grafana.json'), 'utf8')

/** Everything that Prometheus is asked for, wherever it stands. */
function questionsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? (['expr', 'query', 'definition'].includes(key) ? [inner] : []) : questionsIn(inner),
  )
}

const valuesOf = (label: string, text: string) =>
  [...text.matchAll(new RegExp(`\\b${label}!?="([^"]+)"`, 'g'))].map(([, value = '']) => value)

it('asks in its dashboard for nothing that is not there, and shows every number of its own', async () => {
  const { url } = await startServer({ METRICS_TOKEN: token })
  const { text } = await scrape(url, token)
  const families = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => ({ name, type }))
  const there = families.flatMap(({ name, type }) =>
    type === 'histogram' ? ['_bucket', '_sum', '_count'].map((part) => `${name}${part}`) : [name],
  )
  const questions = questionsIn(JSON.parse(dashboard)).join('\n')
  const asked = new Set(questions.match(/\b(?:natter|process|nodejs)_[a-z0-9_]+/g))
  expect(asked.size).toBeGreaterThan(20)
  expect([...asked].filter((name) => !there.includes(name))).toEqual([])
  const own = families.filter(({ name }) => name.startsWith('natter_'))
  expect(own.filter(({ name }) => !new RegExp(`\\b${name}(?:_bucket)?\\b`).test(questions))).toEqual([])
  expect(Object.keys(requests)).toEqual(expect.arrayContaining(valuesOf('request', questions)))
  expect(['ok', ...Object.keys(REFUSALS)]).toEqual(expect.arrayContaining(valuesOf('outcome', questions)))
})

it('has panels that do not lie on one another', () => {
  const { panels } = JSON.parse(dashboard) as {
    panels: { id: number; gridPos: { x: number; y: number; w: number; h: number } }[]
  }
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
  )
  expect(new Set(cells).size).toBe(cells.length)
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
})
