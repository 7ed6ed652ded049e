import { act, fireEvent, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { Voice } from './Voice.tsx'

/** A browser that records one second of something, or has no microphone. */
function open({ hasMicrophone = true } = {}) {
  const track = { stop: vi.fn() }
  class FakeRecorder {
    static isTypeSupported = (type: string) => type.startsWith('audio/webm')
    state = 'inactive'
    mimeType = 'audio/webm;codecs=opus'
    ondataavailable: (event: { data: Blob }) => void = () => {}
    onstop: () => void = () => {}
    start() {
      this.state = 'recording'
    }
    stop() {
      this.state = 'inactive'
      this.ondataavailable({ data: new Blob(['heard']) })
      this.onstop()
    }
  }
  vi.stubGlobal('MediaRecorder', FakeRecorder)
  const getUserMedia = async () => {
    if (!hasMicrophone) throw new DOMException('', 'NotAllowedError')
    return { getTracks: () => [track] }
  }
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia }, configurable: true })
  const onDone = vi.fn<(file: File) => void>()
  return { ...render(<Voice onDone={onDone} />), onDone, track }
}

afterEach(() => void vi.unstubAllGlobals())

const record = () => userEvent.click(screen.getByRole('button', { name: 'Record a voice note' }))

it('records until it is done, and lets the microphone go', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const { onDone, track } = open()
  await record()
  expect(screen.getByRole('timer')).toHaveTextContent('Recording, 0:00')
  act(() => void vi.advanceTimersByTime(65_000))
  expect(screen.getByRole('timer')).toHaveTextContent('Recording, 1:05')
  await userEvent.click(screen.getByRole('button', { name: 'Done' }))
  const [file] = onDone.mock.calls[0] ?? []
  expect(file).toMatchObject({ name: 'Voice note, 1 min 5 s.webm', type: 'audio/webm;codecs=opus', size: 5 })
  expect(track.stop).toHaveBeenCalledOnce()
  expect(screen.queryByRole('timer')).toBeNull()
})

it('keeps nothing of what is discarded, or of who went elsewhere', async () => {
  const { onDone, track, unmount } = open()
  await record()
  await userEvent.click(screen.getByRole('button', { name: 'Discard' }))
  await record()
  act(unmount)
  expect(onDone).not.toHaveBeenCalled()
  expect(track.stop).toHaveBeenCalledTimes(2)
})

it('gives the focus back to where the next one is recorded', async () => {
  open()
  await record()
  expect(screen.getByRole('button', { name: 'Done' })).toHaveFocus()
  await userEvent.click(screen.getByRole('button', { name: 'Discard' }))
  expect(screen.getByRole('button', { name: 'Record a voice note' })).toHaveFocus()
})

it('says so where there is no microphone', async () => {
  open({ hasMicrophone: false })
  await record()
  expect(await screen.findByRole('alert')).toHaveTextContent('There is no microphone, or this page may not use it.')
})

it('says that there is no microphone until one goes on, by a key or by sending', async () => {
  open({ hasMicrophone: false })
  const problem = 'There is no microphone, or this page may not use it.'
  await record()
  expect(await screen.findByText(problem)).toBeInTheDocument()
  await userEvent.keyboard('h')
  expect(screen.queryByText(problem)).toBeNull()
  await record()
  expect(await screen.findByText(problem)).toBeInTheDocument()
  fireEvent.submit(document.body)
  expect(screen.queryByText(problem)).toBeNull()
})
