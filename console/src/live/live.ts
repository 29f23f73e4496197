import { readonly, ref } from 'vue'
import { useSession } from '../api/session'
import { isAbout, lineAfter, type Fact, type Line, type News, type Topic } from './news'
import { Stream } from './stream'

/**
 * The live feed of this tab: one stream per browser, whoever of its tabs holds it.
 *
 * A browser keeps six connections to a host and a stream holds one for good. So the tab that has
 * the lock has the stream and passes on what it hears; when it is closed, the next in line goes on
 * behind the last event. Lock and channel are those of the server pages' live.js.
 */

const CHANNEL = 'feed'
const BEAT_MS = 10_000
const DEAF_AFTER_MS = 35_000
const POLL_MS = 3000

export interface Change {
  facts: Fact[]
  /** Something may have been missed: load anew what is shown. */
  isGap: boolean
}
type Hear = (change: Change) => void
interface Subscriber {
  topics: readonly Topic[]
  hear: Hear
}

const line = ref<Line>('connecting')
const subscribers = new Set<Subscriber>()
let cursor = ''
let heardAt = performance.now()

/** The state of the connection, for the header and the banner. */
export const connection = readonly(line)

/** Hear of these topics until the answered function is called. */
export function subscribe(topics: readonly Topic[], hear: Hear): () => void {
  const subscriber = { topics, hear }
  subscribers.add(subscriber)
  return () => subscribers.delete(subscriber)
}

/** Begin to listen; once per tab. */
export function listen(): void {
  // Without a secure context there are no locks: news must not cost the site its connections.
  if (!('locks' in navigator)) return poll()
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = (message: MessageEvent<News>) => take(message.data)
  const tell = (news: News): void => {
    channel.postMessage(news)
    take(news)
  }
  void navigator.locks.request(CHANNEL, () => {
    setInterval(tell, BEAT_MS, 'beat')
    return new Stream(cursor, tell).hold()
  })
  setInterval(askWhenDeaf, POLL_MS)
}

function poll(): void {
  line.value = 'polling'
  setInterval(missed, POLL_MS)
}

function take(news: News): void {
  heardAt = performance.now()
  line.value = lineAfter(line.value, news)
  if (news === 'open') missed()
  else if (news === 'refused') void useSession().load().catch(() => undefined)
  else if (typeof news === 'object') {
    cursor = news.cursor
    if (news.fact !== null) pass(news.fact)
  }
}

function pass(fact: Fact): void {
  for (const { topics, hear } of subscribers) {
    if (topics.some((topic) => isAbout(topic, fact))) hear({ facts: [fact], isGap: false })
  }
}

function missed(): void {
  for (const { hear } of subscribers) hear({ facts: [], isGap: true })
}

/** A tab that fell asleep with the lock is not waited for. */
function askWhenDeaf(): void {
  if (performance.now() - heardAt < DEAF_AFTER_MS) return
  line.value = 'lost'
  missed()
}
