import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { Asked } from './Asked.tsx'

it('does nothing before it has asked, and leaves whoever thinks better of it where they were', async () => {
  const onAct = vi.fn()
  render(<Asked label="Ban Sam" means="Sam cannot come back." keep="Keep Sam" act="Ban them" onAct={onAct} />)
  await userEvent.click(screen.getByRole('button', { name: 'Ban Sam' }))
  expect(screen.getByRole('alert')).toHaveTextContent('Sam cannot come back.')
  expect(screen.getByRole('button', { name: 'Keep Sam' })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  expect(screen.getByRole('button', { name: 'Ban Sam' })).toHaveFocus()
  expect(onAct).not.toHaveBeenCalled()
  await userEvent.keyboard('{Enter}')
  await userEvent.click(screen.getByRole('button', { name: 'Ban them' }))
  expect(onAct).toHaveBeenCalledOnce()
  expect(screen.queryByRole('alert')).toBeNull()
  expect(screen.getByRole('button', { name: 'Ban Sam' })).toHaveFocus()
})
