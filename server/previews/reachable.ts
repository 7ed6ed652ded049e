import { BlockList, isIP } from 'node:net'

/**
 * Everything that is not the open internet, where a page that somebody names must not lead the server: itself, its neighbours, the
 * machine that it runs on, and whoever hands out secrets there. IANA special-purpose registries for IPv4 and IPv6.
 */
const closed: readonly [address: string, prefix: number, family: 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
]
/** Of IPv6 only what is handed out to the world, and of that not what stands for something else. */
const world: readonly [address: string, prefix: number][] = [['2000::', 3]]
const within: readonly [address: string, prefix: number][] = [
  // Tunnels and translations lead to an IPv4 address that is not asked about here.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const shut = new BlockList()
for (const [address, prefix, family] of closed) shut.addSubnet(address, prefix, family)
for (const [address, prefix] of within) shut.addSubnet(address, prefix, 'ipv6')
const open = new BlockList()
for (const [address, prefix] of world) open.addSubnet(address, prefix, 'ipv6')

/** Whether an address, as numbers, is one of the open internet. IPv4 in the clothes of IPv6 is none: nobody needs it. */
export function isOnTheInternet(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !shut.check(address, 'ipv4')
  return family === 6 && open.check(address, 'ipv6') && !shut.check(address, 'ipv6')
}
