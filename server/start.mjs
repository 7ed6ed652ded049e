import { enableCompileCache } from 'node:module'
import path from 'node:path'

/**
 * Starts Natter with what was compiled the last time, in half the time and without what takes the types off: so this is no
 * TypeScript. It is kept where only who may write this very code can; where that is not who runs it, NODE_COMPILE_CACHE names
 * another place, or each start is like the first.
 *
 * Node is given --max-semi-space-size=8 (MB) wherever this is started: without it V8 takes 40 MB more for what is new when a thousand
 * come at once, keeps them, and delivers no more for it. That can only be said before V8 begins.
 */
const { directory } = enableCompileCache({ directory: path.join(import.meta.dirname, '../node_modules/.cache/natter') })
// What threads find it by, and child processes: without the part that Node adds for its version.
if (directory) process.env.NODE_COMPILE_CACHE ??= path.dirname(directory)

await import('./main.ts')
