import { useState, type FormEvent } from 'react'

/** Changed first and saved then: that it was, or why not, until it is changed again. `save` resolves to why not, or null. */
export function useSaving(save: () => Promise<string | null>) {
  const [outcome, setOutcome] = useState<{ problem: string | null } | null>(null)
  return {
    saved: outcome !== null && outcome.problem === null,
    problem: outcome?.problem ?? null,
    form: {
      async onSubmit(event: FormEvent) {
        event.preventDefault()
        setOutcome({ problem: await save() })
      },
      onChange: () => setOutcome(null),
    },
  }
}
