import { act, render, renderHook, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { more } from './moreWords.ts'
import { NameSection } from './NameSection.tsx'
import { useChosen } from './useChosen.ts'

it('keeps what is typed while the name before it is saved', async () => {
  let answer: (refused: string | null) => void = () => {}
  const onSave = () => new Promise<string | null>((resolve) => (answer = resolve))
  render(<NameSection title="Your name" name="Ann" maxLength={32} onSave={onSave} />)
  const field = screen.getByRole('textbox', { name: 'Your name' })
  await userEvent.type(field, 'e{Enter}')
  await userEvent.type(field, 'tte')
  await act(async () => answer(null))
  expect(field).toHaveValue('Annette')
})

it('says that a name is saved until it is changed again, and why not until another is typed', async () => {
  const onSave = async (name: string) => (name === 'Bob' ? 'Somebody is called Bob.' : null)
  render(<NameSection title="Your name" name="Ann" maxLength={32} onSave={onSave} />)
  const field = screen.getByRole('textbox', { name: 'Your name' })
  await userEvent.clear(field)
  await userEvent.type(field, 'Bob{Enter}')
  expect(screen.getByText('Somebody is called Bob.')).toBeVisible()
  await userEvent.type(field, 'by')
  expect(screen.queryByText('Somebody is called Bob.')).toBeNull()
  await userEvent.keyboard('{Enter}')
  expect(screen.getByRole('status')).toHaveTextContent(more.saved)
  await userEvent.type(field, 'x')
  expect(screen.getByRole('status')).toBeEmptyDOMElement()
})

it('shows the newer of two choices until that is done, whatever becomes of the one before', async () => {
  const ends: (() => void)[] = []
  const { result } = renderHook(() => useChosen('one', () => new Promise<void>((resolve) => ends.push(resolve))))
  act(() => result.current.choose('two'))
  act(() => result.current.choose('three'))
  await act(async () => ends[0]?.())
  expect(result.current.shown).toBe('three')
  await act(async () => ends[1]?.())
  expect(result.current.shown).toBe('one')
})
