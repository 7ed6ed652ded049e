import { describeStore } from '../contract/index.ts'
import { openFresh } from './testing/openFresh.ts'

describeStore('PostgreSQL', openFresh, { part: 0, of: 3 })
