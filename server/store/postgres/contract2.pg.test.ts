import { describeStore } from '../contract/index.ts'
import { openFresh } from './testing/openFresh.ts'

describeStore('PostgreSQL', openFresh, { part: 1, of: 3 })
