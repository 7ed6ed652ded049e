// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { parse } from '../markdown/parse.ts'
import { markdownOf } from './pasted.ts'

const pasted = (html: string) => markdownOf(new DOMParser().parseFromString(html, 'text/html').body)

it.each([
  ['a <strong>b </strong>c <i>d</i> <del>e</del>', 'a **b** c _d_ ~~e~~'],
  ['<p>one<br> two</p>\n<p>three</p>', 'one\ntwo\n\nthree'],
  ['<div>one</div><div>two</div>', 'one\n\ntwo'],
  ['<h2>A\n title</h2>text', '## A title\n\ntext'],
  [
    '<a href="https://a.b/c_(d)">e</a> <a href="https://a.b/">https://a.b</a>',
    '[e](https://a.b/c_%28d%29) https://a.b/',
  ],
  ['<a href="javascript:x">e</a><script>x</script><img src="x" alt="a cat">', 'ea cat'],
  ['<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
  ['<ol start="3"><li>a</li><li>b<ul><li>c</li></ul></li></ol>', '3. a\n4. b\n   - c'],
  ['<pre>a\n\n\n  b `x`</pre>', '```\na\n\n\n  b `x`\n```'],
  ['<ul><li>a<pre>b\nc</pre></li></ul>', '- a\n  ```\n  b\n  c\n  ```'],
  ['<code>a`b</code> and <code>c</code>', '`` a`b `` and `c`'],
  ['<b style="font-weight:normal">a <b>b</b></b>', 'a **b**'],
  ['<table><tr><td>a|b</td><td>c</td></tr><tr><td>d</td></tr></table>', '| a\\|b | c |\n| --- | --- |\n| d |  |'],
  ['<table><tr><td>a frame</td></tr></table>', 'a frame'],
  ['snake_case 2 * 3 https://a.b/c_d_e', 'snake_case 2 * 3 https://a.b/c_d_e'],
  ['*not bold* and `no code`', '\\*not bold\\* and \\`no code\\`'],
  ['<p>1. no list</p><p>- none</p>', '1\\. no list\n\n\\- none'],
  ['a\ue0000\ue001b', 'a0b'],
])('takes %j for %j', (html, text) => {
  expect(pasted(html)).toBe(text)
})

it('keeps what is text as text, whatever signs are in it', () => {
  for (const text of ['*a*', '_a_ __b__', '||a||', '# a', '> a', '- a', '1) a', '`a`', '~~a~~']) {
    const page = document.implementation.createHTMLDocument('')
    page.body.textContent = text
    expect(parse(markdownOf(page.body)), text).toEqual([{ type: 'text', content: [text] }])
  }
})
