import { pino } from 'pino'
import type { Config } from './config.ts'

/** Constant sentences with facts as fields, one JSON object a line. Never what people wrote, never a token. */
export type Log = {
  debug: LogLine
  info: LogLine
  warn: LogLine
  error: LogLine
}
type LogLine = (sentence: string, facts?: Record<string, unknown>) => void

export function createLog(level: Config['LOG_LEVEL']): Log {
  const output = pino.destination({ sync: true, maxLength: 65_536 })
  // A log that cannot be written, on a full disk or to a terminal that is gone, must not become an error to be logged.
  output.on('error', () => {})
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, output)
  return {
    debug: (sentence, facts = {}) => logger.debug(facts, sentence),
    info: (sentence, facts = {}) => logger.info(facts, sentence),
    warn: (sentence, facts = {}) => logger.warn(facts, sentence),
    error: (sentence, facts = {}) => logger.error(facts, sentence),
  }
}
