import type { Health } from '../../protocol/place.ts'
import { count } from './words.ts'

const units = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** 1.3 GB: as far as somebody wants to know. */
function sizeOf(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const size = bytes / 1000 ** power
  return `${size.toFixed(power === 0 || size >= 100 ? 0 : 1)} ${units[power]}`
}

function lasting(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000)
  if (minutes < 120) return count(minutes, 'minute', 'minutes')
  const hours = Math.round(minutes / 60)
  return hours < 48 ? count(hours, 'hour', 'hours') : count(Math.round(hours / 24), 'day', 'days')
}

/** What is said of the server to those who look after the place. */
export const placeWords = {
  roomsMeans:
    'Every public room can be found and joined, and every archived one read. Who looks after a room changes it from within.',
  allRooms: 'Show all rooms',
  findRoom: 'Find a room',
  whichRooms: 'Which rooms',
  noSuchRoom: 'There is no such room.',
  thisServer: 'This server',
  serverWell: 'All is well.',
  serverTrouble: (trouble: string) => `Something is wrong: ${trouble}`,
  healthOf: (facts: Health): [name: string, value: string][] => [
    ['Here now', `${count(facts.present, 'person', 'people')}, ${count(facts.connections, 'tab', 'tabs')}`],
    ['In all', `${count(facts.people, 'person', 'people')}, ${count(facts.rooms, 'room', 'rooms')}`],
    ['Written', count(facts.messages, 'message', 'messages')],
    ['On the disk', `${sizeOf(facts.database)}${facts.free === null ? '' : `, ${sizeOf(facts.free)} free`}`],
    ['In memory', sizeOf(facts.memory)],
    ['Running for', lasting(facts.running)],
    ['Stored', facts.durability],
  ],
}
