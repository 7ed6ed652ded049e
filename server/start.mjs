import { enableCompileCache } from 'node:module'
import path from 'node:path'

/**
 * Starts Natter with what was compiled the last time, in half the time and without what takes the types off: so this is no
 * TypeScript. It is kept where only who may write this very code can; where that is not who runs it, NODE_COMPILE_CACHE names
 * another place, or each start is like the first.
 */
const { directory } = enableCompileCache({ directory: path.join(import.meta.dirname, '../node_modules/.cache/natter') })
// What threads find it by, and child processes: without the part that Node adds for its version.
if (directory) process.env.NODE_COMPILE_CACHE ??= path.dirname(directory)

await import('./main.ts')
