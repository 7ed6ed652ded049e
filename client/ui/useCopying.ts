import { useState } from 'react'

/** Copies a text, and knows whether that was done. Without https or permission it is there to be selected. */
export function useCopying(text: string): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState(false)
  const copy = () =>
    void navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return { copied, copy }
}
