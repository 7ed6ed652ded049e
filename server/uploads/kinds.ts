/** What is shown is a picture that can be drawn anew, and what a browser plays; all else is for downloading. */
export const RASTERS = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'] as const
export const PLAIN = 'application/octet-stream'

/** So many bytes of a file say what it is. */
export const HEAD_BYTES = 4_096

const videos = ['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'dash', 'M4V ', 'MSNV']
const heifs = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']
const all = (brands: readonly string[], type: string) => Object.fromEntries(brands.map((brand) => [brand, type]))
const brands: Record<string, string> = {
  ...all(videos, 'video/mp4'),
  ...all(heifs, 'image/heic'),
  'M4A ': 'audio/mp4',
  'M4B ': 'audio/mp4',
  'qt  ': 'video/quicktime',
  avif: 'image/avif',
  avis: 'image/avif',
}

const beginnings: [string, string][] = [
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['II*\0', 'image/tiff'],
  ['MM\0*', 'image/tiff'],
  ['fLaC', 'audio/flac'],
  ['ID3', 'audio/mpeg'],
  ['\xff\xfb', 'audio/mpeg'],
  ['\xff\xf3', 'audio/mpeg'],
  ['\xff\xf2', 'audio/mpeg'],
  ['\xff\xf1', 'audio/aac'],
  ['\xff\xf9', 'audio/aac'],
  ['%PDF-', 'application/pdf'],
]
const riffs: Record<string, string> = { WEBP: 'image/webp', WAVE: 'audio/wav' }

/** What a file is, by its first bytes and by nothing that anybody says of it. */
export function kindOf(head: Uint8Array): string {
  const bytes = head.subarray(0, HEAD_BYTES)
  const text = Buffer.from(bytes).toString('latin1')
  if (text.startsWith('RIFF')) return riffs[text.slice(8, 12)] ?? PLAIN
  if (text.slice(4, 8) === 'ftyp') return boxedKind(text)
  if (text.startsWith('OggS')) return text.includes('theora') ? 'video/ogg' : 'audio/ogg'
  if (text.startsWith('\x1a\x45\xdf\xa3') && text.slice(0, 64).includes('webm'))
    return /V_VP|V_AV1/.test(text) ? 'video/webm' : 'audio/webm'
  const known = beginnings.find(([beginning]) => text.startsWith(beginning))?.[1]
  return known ?? (isText(bytes) ? 'text/plain' : PLAIN)
}

/** A picture may name itself by what it is like, and only then by what it is. */
function boxedKind(text: string): string {
  const kind = brands[text.slice(8, 12)] ?? PLAIN
  return kind === 'image/heic' && text.slice(12, 64).includes('avif') ? 'image/avif' : kind
}

/** As UTF-8, which no other kind of file looks like for long. */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return text !== '' && !/[^\P{Cc}\t\n\r\f]/u.test(text)
  } catch {
    return false
  }
}

export const isPicture = (type: string): boolean => type.startsWith('image/')
export const isRaster = (type: string): boolean => RASTERS.some((raster) => raster === type)

/** Whether a browser may show it where it is; only what it cannot run. */
export const isShown = (type: string): boolean => isRaster(type) || /^(?:audio|video)\//.test(type)

/** Whether it is made of boxes, as MP4 is, whatever of that kind it calls itself. */
export const hasBoxes = (head: Uint8Array): boolean =>
  ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'].includes(Buffer.from(head.subarray(4, 8)).toString('latin1'))
