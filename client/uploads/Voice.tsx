import { useEffect, useRef } from 'react'
import { adopt } from '../ui/adopt.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { useRecording } from './useRecording.ts'
import css from './Voice.css?inline'

adopt(css)

/** "1:07" */
const clockOf = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** Records a voice note, which then goes with the message like every other file. */
export function Voice({ onDone }: { onDone: (file: File) => void }) {
  const { seconds, problem, record, end } = useRecording(onDone)
  const recorder = useRef<HTMLButtonElement>(null)
  const isRecording = seconds !== null
  // What had the focus is gone with the recording, if nobody took it from there.
  useEffect(() => {
    if (!isRecording) return
    const opener = recorder.current
    return () => {
      if (document.activeElement === document.body) opener?.focus()
    }
  }, [isRecording])
  return (
    <>
      <Problem>{problem}</Problem>
      {isRecording && (
        <div className="recording" role="group" aria-label={more.recordVoice}>
          <span role="timer">{more.recorded(clockOf(seconds))}</span>
          <Button look="line" autoFocus onClick={() => end(true)}>
            {more.endRecording}
          </Button>
          <Button onClick={() => end(false)}>{more.discard}</Button>
        </div>
      )}
      <Button
        look="icon"
        className="button voice"
        aria-label={more.recordVoice}
        title={more.recordVoice}
        disabled={isRecording}
        ref={recorder}
        onClick={() => void record()}
      >
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M9.25 6.5a2.75 2.75 0 0 1 5.5 0v5a2.75 2.75 0 0 1-5.5 0zM5.75 11.5a6.25 6.25 0 0 0 12.5 0M12 17.75v2.5" />
        </svg>
      </Button>
    </>
  )
}
