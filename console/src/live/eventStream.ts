/** Server-sent events out of pieces of text, as the standard reads them. Pure. */

export interface StreamEvent {
  /** Where to resume behind this event. */
  id: string
  /** The event's kind; empty for a mere sign of life. */
  kind: string
  data: string
}

export class EventStreamParser {
  private rest = ''
  private id = ''
  private kind = ''
  private data: string[] = []
  private isEmpty = true

  /** The events that are complete with this piece. */
  push(piece: string): StreamEvent[] {
    const lines = (this.rest + piece).split('\n')
    this.rest = lines.pop() ?? ''
    return lines.flatMap((line) => this.take(line.replace(/\r$/, '')))
  }

  private take(line: string): StreamEvent[] {
    if (line === '') return this.dispatch()
    const colon = line.indexOf(':')
    if (colon === 0) return []
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'id') this.id = value
    else if (name === 'event') this.kind = value
    else if (name === 'data') this.data.push(value)
    else return []
    this.isEmpty = false
    return []
  }

  private dispatch(): StreamEvent[] {
    if (this.isEmpty) return []
    const event = { id: this.id, kind: this.kind, data: this.data.join('\n') }
    this.kind = ''
    this.data = []
    this.isEmpty = true
    return [event]
  }
}
