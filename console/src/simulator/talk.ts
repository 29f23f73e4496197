import type { SimulatedAct, SpokenWords } from '../api/wire'

/**
 * One caller in the flow: what is to be said is said, keys are waited for, until the flow lets him
 * go. A key may come into what is said, or before it; of two at once the second is none.
 */

export type Ask = Extract<SimulatedAct, { kind: 'ask' }>
export type Taken = Extract<SimulatedAct, { kind: 'record' }>
/** How the flow lets a caller go; null: somebody else has taken the call, or it is over. */
export type LetGo = Exclude<SimulatedAct, Ask | Taken | { kind: 'say' }> | null

/** What a telephone can do. Each ends soon after its signal is aborted. */
export interface Telephone {
  say(words: SpokenWords, cut: AbortSignal): Promise<void>
  pause(seconds: number, cut: AbortSignal): Promise<void>
  /** Takes a message until `done`, and sends it. */
  record(taken: Taken, done: AbortSignal): Promise<SimulatedAct[]>
  /** A key, or null for silence. */
  press(sequence: number, key: string | null): Promise<SimulatedAct[]>
  /** The caller stands at this step. */
  at(step: string): void
  /** A key was taken, not only pressed. */
  took(key: string): void
}

export class Talk {
  private typed = ''
  private heard: ((key: string) => void) | null = null
  private isSending = false
  private readonly over = new AbortController()
  /** The step that lets him go behind all that is being said now; empty: something is waited for. */
  goal = ''

  constructor(private readonly phone: Telephone) {}

  /** A key of the keypad, at any moment. */
  key(key: string): void {
    if (this.isSending || this.over.signal.aborted) return
    if (this.heard !== null) this.heard(key)
    else if (this.typed === '') this.typed = key
  }

  /** Nobody is to hear any more of the flow. */
  stop(): void {
    this.over.abort()
  }

  async run(acts: readonly SimulatedAct[]): Promise<LetGo> {
    let told = acts
    while (!this.over.signal.aborted) {
      const next = await this.perform(told)
      if (!Array.isArray(next)) return this.over.signal.aborted ? null : next
      told = next
    }
    return null
  }

  private async perform(acts: readonly SimulatedAct[]): Promise<SimulatedAct[] | LetGo> {
    const last = acts.at(-1)
    this.goal = last === undefined || last.kind === 'say' || 'sequence' in last ? '' : last.step
    for (const act of acts) {
      if (this.over.signal.aborted) return null
      if (act.kind === 'say') await this.say(act.words, act.whole, acts.at(-1)?.kind === 'ask')
      else if (act.kind === 'ask') return this.ask(act)
      else if (act.kind === 'record') return this.record(act)
      else {
        this.phone.at(act.step)
        return act
      }
    }
    return null
  }

  /** A key cuts it short where it means something behind it. */
  private async say(words: SpokenWords, whole: boolean, isMenu: boolean): Promise<void> {
    if (!whole && isMenu && this.typed !== '') return
    this.phone.at(words.step)
    const { cut, off } = this.listen((key, stop) => {
      this.typed ||= key
      if (!whole && isMenu) stop()
    })
    await this.phone.say(words, cut)
    off()
  }

  private async ask(act: Ask): Promise<SimulatedAct[] | null> {
    let key = this.typed
    this.typed = ''
    if (key === '') {
      const { cut, off } = this.listen((pressed, stop) => {
        key ||= pressed
        stop()
      })
      for (const words of act.words) {
        if ((act.barge_in && key !== '') || this.over.signal.aborted) break
        this.phone.at(words.step)
        await this.phone.say(words, act.barge_in ? cut : this.over.signal)
      }
      if (!act.barge_in) off()
      this.phone.at(act.step)
      if (key === '' && act.barge_in) await this.phone.pause(act.timeout_s, cut)
      if (!act.barge_in) key = await this.afterWhole(act)
      off()
    }
    if (this.over.signal.aborted) return null
    if (key !== '') this.phone.took(key)
    return this.send(() => this.phone.press(act.sequence, key || null))
  }

  /** Keys that were pressed into a text that nobody may cut short are lost, as on the line. */
  private async afterWhole(act: Ask): Promise<string> {
    let key = ''
    const { cut, off } = this.listen((pressed, stop) => {
      key ||= pressed
      stop()
    })
    await this.phone.pause(act.timeout_s, cut)
    off()
    return key
  }

  private async record(act: Taken): Promise<SimulatedAct[] | null> {
    this.phone.at(act.step)
    await this.phone.say(act.words, this.over.signal)
    if (this.over.signal.aborted) return null
    const { cut, off } = this.listen((key, stop) => {
      if (key === '#') stop()
    })
    try {
      return await this.send(() => this.phone.record(act, cut), false)
    } finally {
      off()
    }
  }

  private async send(act: () => Promise<SimulatedAct[]>, isDeaf = true): Promise<SimulatedAct[]> {
    this.isSending = isDeaf
    try {
      return await act()
    } finally {
      this.isSending = false
    }
  }

  /** Hears keys until it is switched off; `cut` is aborted by `stop`, or when all is over. */
  private listen(hear: (key: string, stop: () => void) => void): { cut: AbortSignal; off: () => void } {
    const own = new AbortController()
    const mine = (key: string): void => hear(key, () => own.abort())
    this.heard = mine
    return {
      cut: AbortSignal.any([own.signal, this.over.signal]),
      off: () => {
        if (this.heard === mine) this.heard = null
      },
    }
  }
}
