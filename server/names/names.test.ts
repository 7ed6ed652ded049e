import { expect, it } from 'vitest'
import { appearanceOf, normaliseName } from './names.ts'

it('takes names for one that a reader takes for one', () => {
  const groups = [
    ['admin', 'ADMIN', 'аdmin', 'ａｄｍｉｎ', 'ad min', 'adrnin', 'adm1n', 'admln', 'аԁміn', 'ad\u200bmin'],
    ['Oscar', '0scar', 'оscar', 'OSCAR'],
    ['Ill', 'lll', '111', 'III'],
    ['José', 'Jose\u0301'],
  ]
  for (const [first = '', ...others] of groups) {
    for (const other of others) expect(appearanceOf(other), other).toBe(appearanceOf(first))
  }
})

it('keeps names apart that differ for every reader', () => {
  const names = ['Ann', 'Anna', 'Anne', 'José', 'Jose', 'Мария', 'Ольга', '美咲', '美香', 'Bob', 'Rob', '🙂', '🙃']
  expect(new Set(names.map(appearanceOf)).size).toBe(names.length)
})

it('shows a name the same way everywhere', () => {
  expect(normaliseName('  Ａnn \t O’Neil ', 32)).toBe('Ann O’Neil')
})

it.each([
  '',
  '  ',
  'a\u202eb',
  'a\u200bb',
  'a\u0000b',
  '\u3164',
  'Z\u0300\u0301\u0302\u0303a',
  '\ud800',
  'x'.repeat(33),
  '\u2800',
])('refuses %j', (name) => {
  expect(() => normaliseName(name, 32)).toThrow(expect.objectContaining({ code: 'invalid' }))
})
