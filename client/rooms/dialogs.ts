// What is opened now and then, in one file that the first message does not wait for.
export { Rename } from '../people/Rename.tsx'
export { Details } from './Details.tsx'
export { NewDirect } from './NewDirect.tsx'
export { NewRoom } from './NewRoom.tsx'
