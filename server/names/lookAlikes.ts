/**
 * Letters and digits that look like a Latin letter, by that letter: the single small letters of Unicode's confusables
 * (UTS #39) in the scripts that people write names in, Cyrillic, Greek, Armenian, Cherokee and Latin's own variants, and the
 * capitals whose small letter does not look alike. Names are compared in small letters, so I, l, 1 and | are one.
 */
const LOOK_LIKE: Record<string, string> = {
  a: 'аɑαᎪ',
  b: 'ьᏏƅʙвßβ',
  c: 'сϲᴄⅽ',
  d: 'ԁᏧɗⅾ',
  e: 'еҽєεᎬ',
  f: 'ſẝքϝ',
  g: 'ɡցɢԍ',
  h: 'һհᏂʜн',
  i: 'іıɩιӏl1|ⅰⅼǀǃ!ꙇΙІΙӀןᎥ',
  j: 'јϳյ',
  k: 'кκᴋĸ',
  m: 'мᴍⅿ',
  n: 'ոռпηи',
  o: 'о0οσօ੦๐໐ᴏ',
  p: 'рρϱ',
  q: 'ԛգզ',
  r: 'гᴦʀ',
  s: 'ѕꜱƽ5',
  t: 'тτᴛ',
  u: 'υսʋᴜ',
  v: 'ѵνᴠⅴ',
  w: 'ѡԝաᴡω',
  x: 'хχⅹ×',
  y: 'уγүყʏ',
  z: 'ᴢ2',
}

export const lookAlikes: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_LIKE).flatMap(([latin, others]) =>
    [...others].map((other) => [other.toLowerCase(), latin] as const),
  ),
)
