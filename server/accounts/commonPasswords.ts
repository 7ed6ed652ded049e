/**
 * What people choose who were asked for ten characters, without what they put before and after it: the words that lists of
 * leaked passwords begin with, alone or repeated, and rows of keys.
 */
const WORDS = new Set(
  `password passwort passphrase passw0rd pass secret geheim letmein welcome willkommen bonjour admin administrator root
  login master default changeme changeit example sample test testing tester temp guest user username natter chat
  qwerty qwertz azerty qwertyuiop qwertzuiop azertyuiop asdfghjkl asdf asdfgh zxcvbnm yxcvbnm qazwsx qazwsxedc qweasd qweasdzxc
  abcdef abcdefg abcdefgh abcdefghij abc abcd iloveyou iloveu loveyou lovely love trustno dragon monkey football baseball
  basketball superman batman spiderman starwars pokemon sunshine princess shadow michael jordan jennifer charlie
  computer internet whatever freedom mustang corvette ferrari mercedes liverpool arsenal chelsea barcelona realmadrid
  manchester juventus samsung google facebook linkedin myspace twitter instagram snapchat whatsapp discord telegram
  minecraft fortnite nintendo playstation butterfly chocolate cheese cookie flower summer winter spring autumn fall
  january february march april may june july august september october november december monday tuesday wednesday
  thursday friday saturday sunday hello hallo hola ciao salut goodluck blessed jesus jesuschrist christ heaven angel
  family mother father daddy mommy friends friendship forever together fuckyou fuckoff asshole bitch nothing anything
  something unknown hunter ranger killer ninja matrix phoenix tigger buster ginger pepper harley hockey soccer tennis
  golfer cowboy yankees lakers eagles steelers redsox correcthorsebatterystaple opensesame blink access nimda toor`.split(
    /\s+/,
  ),
)

/** Keys in the order in which they lie or are counted, there and back. */
const ROWS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
].flatMap((row) => [row, [...row].reverse().join('')])

const LEET: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

const letters = (text: string) => text.replace(/[^\p{L}]/gu, '')

/** "Passw0rd!2024" is "password": without what is counted up around a word, and with letters for what looks like them. */
function coresOf(password: string): string[] {
  const plain = password.normalize('NFKC').toLowerCase()
  const bare = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return [plain, bare].flatMap((text) => [
    letters(text),
    letters([...text].map((letter) => LEET[letter] ?? letter).join('')),
  ])
}

/** "abcabcabc" is "abc". */
const once = (text: string) => /^(.+?)\1+$/u.exec(text)?.[1] ?? text

/** Whether somebody who knows the name would soon try it. */
export function isCommon(password: string, name: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase()
  const unit = once(plain)
  // A few characters over and over, and rows of keys.
  if ([...unit].length <= 3 || new Set(plain).size <= 3 || ROWS.some((row) => row.includes(unit))) return true
  const called = letters(name.normalize('NFKC').toLowerCase())
  return [...coresOf(password), ...coresOf(unit)].some((core) => {
    const one = once(core)
    return WORDS.has(core) || WORDS.has(one) || (called !== '' && (core === called || one === called))
  })
}
