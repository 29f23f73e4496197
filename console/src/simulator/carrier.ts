import { Attempt } from '../api/attempt'
import { answered, api } from '../api/client'
import type { Line, SimulatedAct } from '../api/wire'

/** A call as its own page speaks of it to the house. */
export class Carrier {
  private readonly key = new Attempt()

  constructor(private readonly token: string) {}

  async press(sequence: number, key: string | null): Promise<SimulatedAct[]> {
    const body = { sequence, key }
    const params = { path: { token: this.token }, header: this.key.header(body) }
    const told = await answered(api.POST('/api/v1/simulated-calls/{token}/keys', { params, body }))
    this.key.done()
    return told.acts
  }

  async leaveMessage(sequence: number, wav: ArrayBuffer, hung_up: boolean): Promise<SimulatedAct[]> {
    const params = { path: { token: this.token, sequence }, query: { hung_up } }
    const told = await answered(
      api.PUT('/api/v1/simulated-calls/{token}/messages/{sequence}', {
        params,
        // The contract says `binary`, which is a text to the compiler.
        body: wav as unknown as string,
        bodySerializer: (body: unknown) => body as ArrayBuffer,
        headers: { 'Content-Type': 'audio/wav' },
      }),
    )
    return told.acts
  }

  line(): Promise<Line> {
    const params = { path: { token: this.token } }
    return answered(api.PUT('/api/v1/simulated-calls/{token}/beat', { params }))
  }

  /** Sent also by a page that is being closed. */
  async hangUp(): Promise<void> {
    const params = { path: { token: this.token } }
    await answered(api.DELETE('/api/v1/simulated-calls/{token}', { params, keepalive: true }))
  }
}
