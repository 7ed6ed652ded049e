/** What somebody chose: `--rounds 5 --seconds 4 --clients 100,1000 --targets tutorial,natter`. */
export type Settings = {
  rounds: number
  /** How long each is measured. */
  seconds: number
  /** Null: as many as the experiment says by itself. */
  clients: number[] | null
  targets: string[] | null
  /** What else was said. */
  rest: string[]
}

export type Experiment = (settings: Settings) => Promise<Record<string, unknown>>
