import { useRef, useState, type ChangeEvent, type FormEvent } from 'react'
import { EMOJI_SENT_BYTES } from '../../protocol/limits.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { Section } from '../ui/Section.tsx'
import { tokenOf } from './own.ts'
import { useOwnActions } from './useOwnActions.ts'

/** The longest name, and what one is made of. */
const LENGTH = 32
const NOT_IN_NAMES = /[^a-z0-9_+-]+/g

/** A name of signs that names have, whatever was typed or a file is called. */
const nameOf = (text: string) => text.toLowerCase().replace(NOT_IN_NAMES, '_').slice(0, LENGTH)
const nameOfFile = (file: File) => nameOf(file.name.replace(/\.[^.]*$/, '')).replace(/^_+|_+$/g, '')

type Chosen = { file: File; address: string }

/** A picture and a name: then everybody here has one more emoji. */
export function AddEmoji() {
  const { add } = useOwnActions()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [said, say] = useState('')
  const [busy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  async function choose({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0]
    // The same file may be chosen again, after something went wrong.
    target.value = ''
    if (!file) return
    say('')
    if (file.size > EMOJI_SENT_BYTES) return setProblem(more.emojiTooLarge)
    setProblem(null)
    setChosen({ file, address: await addressOf(file) })
    setName((before) => before || nameOfFile(file))
  }

  function notShown() {
    setChosen(null)
    setProblem(more.noPicture)
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    if (!chosen) return setProblem(more.noEmojiPicture)
    setBusy(true)
    const answer = await add(name, chosen.file)
    setBusy(false)
    if (!answer.ok) return setProblem(answer.error.message)
    setProblem(null)
    setChosen(null)
    setName('')
    say(more.emojiAdded(tokenOf(answer.data)))
    input.current?.focus()
  }

  return (
    <Section title={more.addEmoji} problem={problem}>
      <p>{more.ownEmojiMeans}</p>
      <form className="add-emoji" aria-busy={busy} onSubmit={(event) => void submit(event)}>
        <span className="chosen">{chosen && <img src={chosen.address} alt="" onError={notShown} />}</span>
        <label className="button" data-look="line">
          {more.choosePicture}
          <input
            className="unseen"
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp"
            ref={input}
            aria-describedby="emoji-picture-hint"
            onChange={(event) => void choose(event)}
          />
        </label>
        <Field
          label={more.emojiName}
          required
          minLength={2}
          maxLength={LENGTH}
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby="emoji-name-hint"
          value={name}
          onChange={({ target }) => setName(nameOf(target.value))}
        />
        <Button look="line" type="submit" aria-disabled={busy}>
          {busy ? more.adding : more.addIt}
        </Button>
      </form>
      <small id="emoji-picture-hint">{more.emojiPictureHint}</small>
      <small id="emoji-name-hint">{more.emojiNameHint}</small>
      <p role="status">{said}</p>
    </Section>
  )
}

/** To show what was chosen, without asking anybody for it. */
const addressOf = (file: File): Promise<string> =>
  new Promise((resolve) => {
    const reader = new FileReader()
    reader.addEventListener('loadend', () => resolve(typeof reader.result === 'string' ? reader.result : ''))
    reader.readAsDataURL(file)
  })
