import { useEffect, useRef, useState } from 'react'
import { more } from '../ui/moreWords.ts'

/** What browsers record, the better first; each plays what the other records. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4'] as const
/** A voice needs no more. Bits per second. */
const RATE = 32_000
/** One that nobody ends ends by itself. Seconds. */
const LONGEST = 600

/** Pages that came by a connection that others can read get no microphone. */
export const canRecord = (): boolean => 'MediaRecorder' in globalThis && 'mediaDevices' in navigator

/** One voice note at a time: `seconds` is how long it is, or null while none is recorded. */
export function useRecording(onDone: (file: File) => void) {
  const recorder = useRef<MediaRecorder | null>(null)
  const isWanted = useRef(false)
  /** Which time it was begun: a browser may ask, and answer when nobody waits any more. */
  const begun = useRef(0)
  const [seconds, setSeconds] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const isRecording = seconds !== null

  async function record(): Promise<void> {
    setProblem(null)
    const turn = ++begun.current
    let stream: MediaStream | null = null
    const quiet = () => stream?.getTracks().forEach((track) => track.stop())
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      if (turn !== begun.current) return quiet()
      const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? ''
      const made = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: RATE })
      const parts: Blob[] = []
      const since = performance.now()
      made.ondataavailable = ({ data }) => void parts.push(data)
      made.onstop = () => {
        quiet()
        setSeconds(null)
        const name = more.voiceNote(Math.round((performance.now() - since) / 1_000), made.mimeType.includes('mp4'))
        if (isWanted.current) onDone(new File(parts, name, { type: made.mimeType }))
      }
      // What ends by itself, because the microphone is gone, is kept as far as it came.
      isWanted.current = true
      made.start()
      recorder.current = made
      setSeconds(0)
    } catch {
      quiet()
      setProblem(more.noMicrophone)
    }
  }

  function end(keep: boolean): void {
    begun.current++
    isWanted.current = keep
    if (recorder.current?.state === 'recording') recorder.current.stop()
  }

  useEffect(() => {
    if (!isRecording) return
    const timer = setInterval(() => setSeconds((before) => (before ?? 0) + 1), 1_000)
    return () => clearInterval(timer)
  }, [isRecording])
  useEffect(() => {
    if (seconds !== null && seconds >= LONGEST) end(true)
  }, [seconds])
  // Whoever goes on without one needs it said no more.
  useEffect(() => {
    if (problem === null) return
    const forget = () => setProblem(null)
    addEventListener('keydown', forget)
    addEventListener('submit', forget)
    return () => {
      removeEventListener('keydown', forget)
      removeEventListener('submit', forget)
    }
  }, [problem])
  // Nobody is recorded who has gone elsewhere.
  useEffect(() => () => end(false), [])

  return { seconds, problem, record, end }
}
