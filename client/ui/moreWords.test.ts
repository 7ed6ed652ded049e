import { expect, it } from 'vitest'
import { accountWords } from './accountWords.ts'
import { fileWords } from './fileWords.ts'
import { moderationWords } from './moderationWords.ts'
import { more } from './moreWords.ts'
import { notificationWords } from './notificationWords.ts'
import { placeWords } from './placeWords.ts'
import { pollWords } from './pollWords.ts'
import { profileWords } from './profileWords.ts'
import { readingWords } from './readingWords.ts'
import { searchWords } from './searchWords.ts'
import { writingWords } from './writingWords.ts'

it('has no text that takes the place of another of the same name', () => {
  const parts = [
    accountWords,
    fileWords,
    moderationWords,
    notificationWords,
    placeWords,
    pollWords,
    profileWords,
    readingWords,
    searchWords,
    writingWords,
  ]
  const names = parts.flatMap((part) => Object.keys(part))
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  for (const part of parts) expect(more).toMatchObject(part)
})
