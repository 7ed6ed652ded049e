import { expect, it } from 'vitest'
import { breakLine, code, codeBlock, isInBlock, lines, link, SIGNS, wrap, type Edit, type Selected } from './edits.ts'

/** `[` and `]` stand around what is selected, `|` where one writes. */
function at(marked: string): Selected {
  const from = marked.search(/[⟦|]/)
  const text = marked.replace(/[⟦⟧|]/g, '')
  const to = marked.includes('⟧') ? marked.indexOf('⟧') - 1 : from
  return { text, from, to }
}

function after(selected: Selected, edit: Edit | null): string | null {
  if (!edit) return null
  const text = selected.text.slice(0, edit.from) + edit.text + selected.text.slice(edit.to)
  const [from, to] = edit.select
  return from === to
    ? `${text.slice(0, from)}|${text.slice(from)}`
    : `${text.slice(0, from)}⟦${text.slice(from, to)}⟧${text.slice(to)}`
}

const done = (marked: string, act: (selected: Selected) => Edit | null) => after(at(marked), act(at(marked)))

it.each([
  ['so ⟦good⟧ it is', 'so **⟦good⟧** it is'],
  ['so **⟦good⟧** it is', 'so ⟦good⟧ it is'],
  ['so ⟦**good**⟧ it is', 'so ⟦good⟧ it is'],
  ['so⟦ good ⟧it is', 'so **⟦good⟧** it is'],
  ['so |', 'so **|**'],
  ['so **|**', 'so |'],
  ['⟦* ⟧', '**⟦*⟧** '],
])('sets %j bold as %j', (before, result) => {
  expect(done(before, (one) => wrap(one, SIGNS.bold))).toBe(result)
})

it.each([
  ['run ⟦ls⟧', 'run `⟦ls⟧`'],
  ['run `⟦ls⟧`', 'run ⟦ls⟧'],
  ['run ⟦`ls`⟧', 'run ⟦ls⟧'],
  ['a ⟦`tick⟧', 'a `` ⟦`tick⟧ ``'],
  ['⟦one\ntwo⟧', '```\n⟦one\ntwo⟧\n```'],
])('sets %j as code: %j', (before, result) => {
  expect(done(before, code)).toBe(result)
})

it.each([
  ['see: ⟦a\nb⟧ so', 'see: \n```\n⟦a\nb⟧\n```\n so'],
  ['⟦```\nx\n```⟧', '````\n⟦```\nx\n```⟧\n````'],
  ['|', '```\n|\n```'],
])('puts %j between fences: %j', (before, result) => {
  expect(done(before, codeBlock)).toBe(result)
})

it.each([
  ['see ⟦the page⟧', 'see [the page](|)'],
  ['see ⟦https://a.example/x⟧', 'see [|](https://a.example/x)'],
  ['see |', 'see [|]()'],
  ['⟦a [b]⟧', '[a \\[b\\]](|)'],
])('makes a link of %j: %j', (before, result) => {
  expect(done(before, (one) => link(one))).toBe(result)
})

it('makes a link of words and a pasted address, and one writes on behind it', () => {
  expect(done('see ⟦the page⟧ now', (one) => link(one, 'https://a.example'))).toBe(
    'see [the page](https://a.example)| now',
  )
})

it.each([
  ['quote', 'a\n⟦b\nc⟧\nd', 'a\n⟦> b\n> c⟧\nd'],
  ['quote', '⟦> b\n> c⟧', '⟦b\nc⟧'],
  ['list', 'so|', '- so|'],
  ['numbers', '⟦- a\n- b⟧', '⟦1. a\n2. b⟧'],
  ['list', '⟦1. a\nb⟧', '⟦- a\n- b⟧'],
] as const)('makes a %s of %j: %j', (kind, before, result) => {
  expect(done(before, (one) => lines(one, kind))).toBe(result)
})

it.each([
  ['- a|', '- a\n- |'],
  ['- a\n- |', '- a\n|'],
  ['  * a|b', '  * a\n  * |b'],
  ['- [x] done|', '- [x] done\n- [ ] |'],
  ['9. a|', '9. a\n10. |'],
  ['1) a|', '1) a\n2) |'],
  ['> so|', '> so\n> |'],
  ['> |', '|'],
  ['```\n  if|', '```\n  if\n  |'],
  ['plain|', null],
  ['- - -\n\nplain|', null],
  ['```\n- a|', null],
  ['-a|', null],
])('goes on after %j with %j', (before, result) => {
  expect(done(before, breakLine)).toBe(result)
})

it.each([
  ['```|', true],
  ['```js\nlet a|', true],
  ['~~~\nb|', true],
  ['> ```\n> b|', true],
  ['```\na\n```|', false],
  ['```\na\n```\nb|', false],
  ['```a``` b|', false],
  ['`a|', false],
  ['so it is|', false],
  ['```\na|\n```', true],
])('knows whether %j is in a block of code: %j', (marked, result) => {
  const { text, from } = at(marked)
  expect(isInBlock(text, from)).toBe(result)
})
