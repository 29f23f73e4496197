import { EventStreamParser } from './eventStream'
import type { StreamEvent } from './eventStream'
import type { Fact, News } from './news'

const AGAIN_MS = 2000
const REFUSED_MS = 5000
/** The server gives a sign of life each 15 s: a line that is quiet for longer is dead. */
const SILENT_MS = 35_000

/**
 * The one stream of this browser, opened again behind the last event for as long as it is wanted.
 *
 * fetch and not EventSource: it hears every kind without a list of them, sees that it was refused,
 * and resumes where another tab had stopped.
 */
export class Stream {
  private abort = new AbortController()
  private silence = 0

  /** `cursor`: behind which event to go on; empty for from now on. */
  constructor(
    private cursor: string,
    private readonly tell: (news: News) => void,
  ) {}

  /** Never ends. */
  async hold(): Promise<never> {
    addEventListener('offline', () => this.abort.abort())
    for (;;) {
      // Whatever breaks the line, the answer is the same: say so, wait, go on behind the cursor.
      const isRefused = await this.once().catch(() => false)
      clearTimeout(this.silence)
      this.tell(isRefused ? 'refused' : 'lost')
      await pause(isRefused ? REFUSED_MS : AGAIN_MS)
    }
  }

  /** Reads until the stream ends; whether it was refused instead. */
  private async once(): Promise<boolean> {
    this.abort = new AbortController()
    this.listenOn()
    const query = this.cursor === '' ? '' : `?after=${encodeURIComponent(this.cursor)}`
    const how = { signal: this.abort.signal, cache: 'no-store' } as const
    const answer = await fetch(`/api/v1/feed${query}`, how)
    if (!answer.ok || answer.body === null) return true
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
    const parser = new EventStreamParser()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return false
      this.listenOn()
      parser.push(value).forEach((event) => this.take(event))
    }
  }

  private take(event: StreamEvent): void {
    const isResumed = this.cursor !== '' && event.kind === 'feed.hello'
    this.cursor = event.id
    if (event.kind === 'feed.hello' || event.kind === 'feed.reset') {
      this.tell(isResumed ? 'resumed' : 'open')
      this.tell({ cursor: event.id, fact: null })
    } else if (event.data === '') {
      this.tell({ cursor: event.id, fact: null })
    } else {
      this.tell({ cursor: event.id, fact: JSON.parse(event.data) as Fact })
    }
  }

  private listenOn(): void {
    clearTimeout(this.silence)
    this.silence = window.setTimeout(() => this.abort.abort(), SILENT_MS)
  }
}

/** So long, or until the browser says that the network is back. */
function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(go, ms)
    function go(): void {
      clearTimeout(timer)
      removeEventListener('online', go)
      done()
    }
    addEventListener('online', go)
  })
}
