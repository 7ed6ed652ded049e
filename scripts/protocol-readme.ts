// Writes protocol/README.md from the tables that the code runs on. With --check: fails if what is there is not what it would write.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { REFUSALS } from '../protocol/errors.ts'
import { FILES_BY_HTTP } from '../protocol/files.ts'
import { events, requests } from '../protocol/index.ts'
import { PROTOCOL_VERSION } from '../protocol/limits.ts'
import * as limits from '../protocol/limits.ts'

type Schema = {
  $ref?: string
  type?: string | string[]
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: Schema | boolean
  anyOf?: Schema[]
  oneOf?: Schema[]
  enum?: string[]
  const?: string
  format?: string
  maxLength?: number
  default?: unknown
  $defs?: Record<string, Schema>
}

const shapes = new Map<string, Schema>()

/** A schema in the words of TypeScript; named shapes by their name. */
function inWords(schema: Schema): string {
  if (schema.$ref) return schema.$ref.replace('#/$defs/', '')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return choices.map(inWords).join(' | ')
  if (schema.const !== undefined) return `'${schema.const}'`
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' | ')
  if (schema.type === 'array' && schema.items) return `${inWords(schema.items)}[]`
  if (schema.type === 'object') {
    if (typeof schema.additionalProperties === 'object')
      return `Record<string, ${inWords(schema.additionalProperties)}>`
    const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
      const optional = !schema.required?.includes(name) || field.default !== undefined
      return `${name}${optional ? '?' : ''}: ${inWords(field)}`
    })
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}'
  }
  if (schema.type === 'string') return schema.format === 'uuid' ? 'uuid' : 'string'
  return [schema.type ?? 'unknown'].flat().join(' | ')
}

function describe(type: z.ZodType, io: 'input' | 'output'): string {
  const schema = z.toJSONSchema(type, { io, unrepresentable: 'any', reused: 'inline' }) as Schema
  for (const [name, shape] of Object.entries(schema.$defs ?? {})) shapes.set(name, shape)
  const id = type.meta()?.id
  if (!id) return inWords(schema)
  if (!schema.$ref) shapes.set(id, schema)
  return id
}

const requestList = Object.entries(requests).map(
  ([name, { summary, input, output }]) =>
    `### \`${name}\`\n\n${summary}\n\n\`\`\`ts\n${describe(input, 'input')}\n→ ${describe(output, 'output')}\n\`\`\`\n`,
)
const eventList = Object.entries(events).map(
  ([name, { summary, payload }]) =>
    `### \`${name}\`\n\n${summary}\n\n\`\`\`ts\n${describe(payload, 'output')}\n\`\`\`\n`,
)
const shapeList = [...shapes]
  .sort(([a], [b]) => a.localeCompare(b))
  .map(
    ([name, shape]) =>
      `### ${name}\n\n${shape.description ?? ''}\n\n\`\`\`ts\n${inWords({ ...shape, $ref: undefined })}\n\`\`\`\n`,
  )
const table = (rows: readonly (readonly [string, string])[]) =>
  rows.map(([name, text]) => `| \`${name}\` | ${text} |`).join('\n')

const text = `# The protocol

Written by \`npm run fix\` from the tables in this folder, which the server runs on. Version ${PROTOCOL_VERSION}.

A client connects with Socket.IO and \`auth: { natter: ${PROTOCOL_VERSION} }\`; who it is says the cookie that \`POST /api/people\` with
\`{ "name": "Ann" }\` has set. Outside a browser send Natter's own address as \`Origin\` with it. The server speaks this number and the one before; an older client is refused with \`too_old\`. It hears \`hello\`, and then **events** about what changed; it sends **requests**, each with a
callback, and always gets an answer: \`{ ok: true, data }\` or \`{ ok: false, error: { code, message, retryAfter? } }\`.

What crosses the wire is the newest state of a thing, never a difference. Each room counts its messages (\`seq\`) and its durable
changes (\`rev\`). A packet says which revisions it covers, \`after\` and \`rev\`; \`events\` brings one or more, each of a room, as arguments. A client holds one cursor per room: if \`after\` is not
above it, apply and move it to \`rev\`; if it is, something is missing: ask \`room:sync\` with the cursor as \`since\`, and go on. Keep a
thing only if its \`rev\` is larger than that of the one you hold, and late or repeated packets do no harm.

## A bot in ten lines

A client that does not say \`natter\` is a guest of the default room and speaks the Socket.IO tutorial's one event, as long as
the place is open:

\`\`\`js
import { io } from 'socket.io-client'

const socket = io('http://localhost:3000', { auth: { name: 'Echo' } })
socket.on('chat message', (text) => {
  if (text.startsWith('!echo ')) socket.emit('chat message', text.slice(6))
})
\`\`\`

With \`auth.serverOffset\` it gets everything after that position first; each message comes with its position as a second
argument. A message may carry a key of one's own, \`\${socket.id}-0\`, \`-1\` …, and a callback that is called once it is on disk.

## Requests

${requestList.join('\n')}
## Events

${eventList.join('\n')}
## Files

A message takes along files that were uploaded before, by their ids in \`files\`. They come and go by HTTP beside the socket, with the
same cookie and \`Origin\`. Refused is answered with a status of 400 or more and \`{ error: { code, message, retryAfter? } }\`.

| request | |
|---|---|
${table(FILES_BY_HTTP)}

## Shapes

${shapeList.join('\n')}
## Refusals

| code | |
|---|---|
${table(Object.entries(REFUSALS))}

## Limits

| name | value |
|---|---|
${table(Object.entries(limits).map(([name, value]) => [name, String(value)]))}
`

const file = path.join(import.meta.dirname, '..', 'protocol', 'README.md')
if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (readFileSync(file, 'utf8') !== text) {
  console.error('protocol/README.md is not what the tables say. Run `npm run fix`.')
  process.exit(1)
}
