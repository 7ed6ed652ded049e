import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { more } from '../ui/moreWords.ts'
import { NewPassword } from './NewPassword.tsx'
import { Prove } from './Prove.tsx'
import { RecoveryCode } from './RecoveryCode.tsx'

it('says why a password is not taken, until another is typed, and shows it to whoever asks', async () => {
  const onChosen = vi.fn(async (password: string) =>
    password.length < 10 ? 'A password has at least 10 characters.' : null,
  )
  render(<NewPassword name="Ann" onChosen={onChosen} />)
  const field = screen.getByLabelText(more.newPassword)
  expect(field).toHaveAttribute('type', 'password')
  expect(field).toHaveAttribute('autocomplete', 'new-password')
  expect(field).toHaveAccessibleDescription(expect.stringContaining(more.passwordHint))
  await userEvent.click(screen.getByRole('button', { name: more.setPassword }))
  expect(onChosen).not.toHaveBeenCalled()
  await userEvent.type(field, 'short{Enter}')
  expect(await screen.findByText('A password has at least 10 characters.')).toBeVisible()
  expect(field).toHaveAccessibleDescription(`A password has at least 10 characters. ${more.passwordHint}`)
  await userEvent.click(screen.getByRole('checkbox', { name: more.showPassword }))
  expect(field).toHaveAttribute('type', 'text')
  await userEvent.type(field, ' but longer')
  expect(screen.getByRole('alert')).toBeEmptyDOMElement()
  await userEvent.click(screen.getByRole('button', { name: more.setPassword }))
  expect(onChosen).toHaveBeenLastCalledWith('short but longer')
})

it('shows a code in two lines of groups, copies it in one, and goes on when it is kept', async () => {
  const code = 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789'
  const onKept = vi.fn()
  const user = userEvent.setup()
  render(<RecoveryCode code={code} onKept={onKept} />)
  expect(screen.getByRole('textbox', { name: more.code })).toHaveValue('ABCD-EFGH-JKMN-PQRS\nTVWX-YZ01-2345-6789')
  await user.click(screen.getByRole('button', { name: more.copyCode }))
  expect(await screen.findByText(more.copied)).toBeVisible()
  expect(await navigator.clipboard.readText()).toBe(code)
  await user.click(screen.getByRole('button', { name: more.wroteDown }))
  await waitFor(() => expect(onKept).toHaveBeenCalledOnce())
})

it('asks for the password where there is one, and for nothing that the browser does not have', async () => {
  const account = {
    hasPassword: true,
    hasCode: true,
    passkeys: [{ id: 'one', agent: '', createdAt: 0, usedAt: null }],
    signOn: null,
  }
  const onPassword = vi.fn()
  render(
    <Prove account={account} why="Why" error="No." onPassword={onPassword} onPasskey={() => {}} onCancel={() => {}} />,
  )
  const field = screen.getByLabelText(more.passwordNow)
  expect(field).toHaveFocus()
  expect(field).toHaveAttribute('autocomplete', 'current-password')
  expect(screen.getByRole('alert')).toHaveTextContent('No.')
  expect(screen.queryByRole('button', { name: more.usePasskey })).toBeNull()
  await userEvent.type(field, 'four words at least{Enter}')
  expect(onPassword).toHaveBeenCalledExactlyOnceWith({ password: 'four words at least' })
})
