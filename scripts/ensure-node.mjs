// Runs after every "npm ci" and "npm install" of a clone ("prepare"), on whatever Node started npm. Where that Node is
// too old, a pinned one is put into node_modules/.bin, where npm scripts and npx find it first: the system stays as it
// was. Plain JavaScript, because old Nodes have to read it.
import { execSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'

const wanted = [24, 15]
const pinned = '26.10.0'
const [major, minor] = process.versions.node.split('.').map(Number)
if (major > wanted[0] || (major === wanted[0] && minor >= wanted[1])) process.exit()

const { platform, arch } = process
const pkg =
  platform === 'win32'
    ? `node-win-${arch}`
    : `node-${platform === 'darwin' && arch === 'arm64' ? 'bin-' : ''}${platform}-${arch}`
const dir = 'node_modules/.node'
console.log(`Node ${process.versions.node} is older than ${wanted.join('.')}: fetching Node ${pinned} into ${dir}`)
try {
  mkdirSync(dir, { recursive: true })
  writeFileSync(`${dir}/package.json`, '{ "private": true }')
  execSync(`npm install --no-audit --no-fund --loglevel=error --no-package-lock ${pkg}@${pinned}`, {
    cwd: dir,
    stdio: 'inherit',
  })
  const bin = `../.node/node_modules/${pkg}/bin/node`
  if (platform === 'win32') {
    writeFileSync('node_modules/.bin/node.cmd', `@"%~dp0\\${bin.replaceAll('/', '\\')}.exe" %*\r\n`)
  } else {
    rmSync('node_modules/.bin/node', { force: true })
    symlinkSync(bin, 'node_modules/.bin/node')
  }
  execSync('"node_modules/.bin/node" --version', { stdio: 'ignore' })
} catch (error) {
  console.error(`\nNatter needs Node ${wanted.join('.')} or newer: https://nodejs.org\n(${error.message})`)
  process.exit(1)
}
