const sizes = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'KB'],
] as const

/** "212 KB", "1.4 MB". */
export function sizeInWords(bytes: number): string {
  const [unit, name] = sizes.find(([least]) => bytes >= least) ?? [1, 'bytes']
  const n = bytes / unit
  return `${n < 10 && unit > 1e3 ? Math.round(n * 10) / 10 : Math.round(n)} ${name}`
}

/** By what a file's name ends with: what its bytes are says only whether it can be shown. */
const endingOf = (name: string): string => /\.(\w{1,5})$/.exec(name)?.[1]?.toUpperCase() ?? 'File'

/** What is said of files. */
export const fileWords = {
  addFile: 'Add a file',
  filesToSend: 'Files to send',
  dropHere: 'Let go to add it to your message',
  describe: 'Describe it, for people who can’t see it',
  description: 'Description',
  uploading: (percent: number) => `Uploading ${percent} %`,
  uploadWaits: 'Goes on when Natter can be reached',
  cancelUpload: 'Don’t send it yet',
  showText: (name: string) => `Show ${name}`,
  hideText: (name: string) => `Hide ${name}`,
  recordVoice: 'Record a voice note',
  recorded: (time: string) => `Recording, ${time}`,
  endRecording: 'Done',
  noMicrophone: 'There is no microphone, or this page may not use it.',
  voiceNote: (seconds: number, isMp4: boolean) =>
    `Voice note, ${seconds < 60 ? '' : `${Math.floor(seconds / 60)} min `}${seconds % 60} s.${isMp4 ? 'm4a' : 'webm'}`,
  textBeginning: 'This is its beginning. Download it to read on.',
  tooManyFiles: (most: number) => `A message has at most ${most} files.`,
  cannotBeRead: 'This file cannot be read any more, or it is a folder.',
  fileLost: 'A file of this message is not in this browser any more. Add it again.',
  keepOpen: 'Keep this page open until it is sent: this browser does not keep the file.',
  kindAndSize: (name: string, bytes: number) => `${endingOf(name)}, ${sizeInWords(bytes)}`,
  openPicture: (what: string) => `Open picture: ${what}`,
  downloadFile: 'Download',
  notLoaded: (name: string) => `${name} could not be loaded.`,
  nextPicture: 'Next picture',
  previousPicture: 'Previous picture',
  largeAsItIs: 'Full size',
  asLargeAsFits: 'Fit to screen',
  pictureAloud: (alt: string) => `picture: ${alt}`,
  pictureOf: (n: number, all: number) => `${n} of ${all}`,
}
