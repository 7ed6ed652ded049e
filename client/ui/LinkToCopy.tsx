import { Button } from './Button.tsx'
import { more } from './moreWords.ts'
import { QrCode } from './QrCode.tsx'
import { useCopying } from './useCopying.ts'
import './LinkToCopy.css'

/** On such a host nobody but this computer finds what is here. */
const OWN_COMPUTER = /^(?:127\.[\d.]+|\[::1\]|(?:.+\.)?localhost)$/

/** A link for another device or another person: to be copied, or to be photographed. `hint`: for how long it is there. */
export function LinkToCopy({ label, link, hint }: { label: string; link: string; hint: string }) {
  const { copied, copy } = useCopying(link)
  return (
    <div className="link-to-copy">
      <input readOnly aria-label={label} value={link} autoFocus onFocus={({ target }) => target.select()} />
      <Button look="ink" onClick={copy}>
        {more.copyLink}
      </Button>
      <p role="status">{copied ? more.copied : hint}</p>
      {OWN_COMPUTER.test(new URL(link).hostname) && <p>{more.onlyThisComputer}</p>}
      <QrCode label={more.qrOf(label)} text={link} />
    </div>
  )
}
