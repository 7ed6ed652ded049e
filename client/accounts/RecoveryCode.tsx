import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { useCopying } from '../ui/useCopying.ts'
import './RecoveryCode.css'

/** Shown once: whoever has written it down says so, and goes on. */
export function RecoveryCode({ code, onKept }: { code: string; onKept: () => void }) {
  const { copied, copy } = useCopying(code)
  return (
    <div className="recovery-code" role="group" aria-label={more.code}>
      <strong>{more.keepCode}</strong>
      <p>{more.codeMeans}</p>
      {/* In a field it is read, selected and copied like any text, and broken nowhere but between groups. */}
      <textarea readOnly rows={2} aria-label={more.code} value={code.replace(/^(.{19})-/, '$1\n')} autoFocus />
      <p role="status">{copied ? more.copied : ''}</p>
      <div>
        <Button look="line" onClick={copy}>
          {more.copyCode}
        </Button>
        <Button look="ink" onClick={onKept}>
          {more.wroteDown}
        </Button>
      </div>
    </div>
  )
}
