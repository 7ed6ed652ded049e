import type { Request } from 'express'
import type { z } from 'zod'
import { Refusal } from '../protocol/errors.ts'
import type { Config } from './config.ts'
import { mustBeOurs } from './socket/origin.ts'

/**
 * What one of our own pages sends, as `express.json` has read it. Throws `forbidden` for what comes from another site, `invalid`
 * with this sentence for what is no such form.
 */
export function formOf<T extends z.ZodType>(
  request: Request,
  config: Pick<Config, 'ORIGIN' | 'HOST'>,
  form: T,
  otherwise = 'Something is missing in this request.',
): z.output<T> {
  mustBeOurs(request, config)
  if (!request.is('application/json')) throw new Refusal('invalid', 'This has to be sent as JSON.')
  const said = form.safeParse(request.body)
  if (!said.success) throw new Refusal('invalid', otherwise)
  return said.data
}
