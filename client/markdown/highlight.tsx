import { createLowlight } from 'lowlight'
import bash from 'highlight.js/lib/languages/bash'
import c from 'highlight.js/lib/languages/c'
import cpp from 'highlight.js/lib/languages/cpp'
import csharp from 'highlight.js/lib/languages/csharp'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import go from 'highlight.js/lib/languages/go'
import ini from 'highlight.js/lib/languages/ini'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import kotlin from 'highlight.js/lib/languages/kotlin'
import markdown from 'highlight.js/lib/languages/markdown'
import php from 'highlight.js/lib/languages/php'
import python from 'highlight.js/lib/languages/python'
import ruby from 'highlight.js/lib/languages/ruby'
import rust from 'highlight.js/lib/languages/rust'
import sql from 'highlight.js/lib/languages/sql'
import swift from 'highlight.js/lib/languages/swift'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import type { ReactNode } from 'react'

const known = { bash, c, cpp, csharp, css, diff, go, ini, java, javascript, json, kotlin, markdown, php, python }
const lowlight = createLowlight({ ...known, ruby, rust, sql, swift, typescript, xml, yaml })

/** Longer code keeps its one colour: its rules are regular expressions, and not all of them are quick. */
const LONGEST = 8_000

/** The four colours that code has, by the first words of the library's names. */
const kinds: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['keyword', 'built_in', 'type', 'tag', 'name', 'selector', 'section', 'meta'].map((k) => [k, 'word']),
  ),
  ...Object.fromEntries(['string', 'regexp', 'addition', 'quote', 'char'].map((k) => [k, 'string'])),
  ...Object.fromEntries(
    ['number', 'literal', 'title', 'attr', 'attribute', 'variable', 'symbol', 'property', 'params'].map((k) => [
      k,
      'value',
    ]),
  ),
  ...Object.fromEntries(['comment', 'deletion', 'doctag'].map((k) => [k, 'note'])),
}

type Root = ReturnType<typeof lowlight.highlight>
type Node = Root['children'][number]

/** The same text in colours, or null where the language is not known. */
export function highlight(language: string, text: string): ReactNode {
  if (!lowlight.registered(language) || text.length > LONGEST) return null
  return lowlight.highlight(language, text).children.map(draw)
}

function draw(node: Node, i: number): ReactNode {
  if (node.type === 'text') return node.value
  if (node.type !== 'element') return null
  const names = node.properties['className']
  const kind = Array.isArray(names)
    ? kinds[
        String(names[0])
          .replace(/^hljs-/, '')
          .split('-')[0] ?? ''
      ]
    : undefined
  return (
    <span key={i} data-kind={kind}>
      {node.children.map(draw)}
    </span>
  )
}
