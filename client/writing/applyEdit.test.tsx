import { expect, it, onTestFinished, vi } from 'vitest'
import { applyEdit } from './applyEdit.ts'

it('types what can be taken back, as one piece what has many lines, and puts it there where a browser does not', () => {
  const typed = vi.fn(() => true)
  Object.assign(document, { execCommand: typed })
  onTestFinished(() => void Reflect.deleteProperty(document, 'execCommand'))
  const box = document.createElement('textarea')
  document.body.append(box)
  const heard = vi.fn()
  box.addEventListener('input', heard)
  applyEdit(box, { from: 0, to: 0, text: 'a few\nlines', select: [0, 0] })
  expect(typed).toHaveBeenCalledWith('insertText', false, 'a few\nlines')
  expect(heard).not.toHaveBeenCalled()
  const many = '\na <b>line</b> &amp;'.repeat(1_000)
  applyEdit(box, { from: 0, to: 0, text: many, select: [1, 1] })
  expect(typed).toHaveBeenCalledTimes(2)
  const piece = `<pre>\n${'\na &lt;b>line&lt;/b> &amp;amp;'.repeat(1_000)}</pre>`
  expect(typed).toHaveBeenLastCalledWith('insertHTML', false, piece)
  expect(box).toHaveValue(many)
  expect(heard).toHaveBeenCalledTimes(1)
})
