// Loaded into the server before everything else: whatever it asks of the web, one site of the test answers.
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'

const ask = http.request as (url: URL, options: object, answer: (response: http.IncomingMessage) => void) => unknown
http.request = ((url: URL, { lookup, ...options }: { lookup: unknown }, answer: never) =>
  lookup === undefined
    ? ask(url, options, answer)
    : ask(new URL(url.pathname, process.env['SITE']), options, answer)) as typeof http.request
syncBuiltinESMExports()
