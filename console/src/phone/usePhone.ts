import type { RTCSession } from 'jssip/lib/RTCSession'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { answered, api } from '../api/client'
import type { AgentPhone, PhoneChoice } from '../api/wire'
import { problemWords } from '../i18n/problemWords'
import { useSeat } from '../seat/useSeat'
import { holdLine } from './holdLine'
import { hearFrom, hearNobody, microphone, ring } from './sound'
import { callOf, isWanted, type Standing } from './standing'

/** One call at this phone. */
export interface Rung {
  session: RTCSession
  callId: string
  isUp: boolean
  since: number
}

/** The agent's phone: which one he has, and of a browser's the calls that ring and the one he speaks in. */
export const usePhone = defineStore('phone', () => {
  const seat = useSeat()
  const choice = shallowRef<AgentPhone | null>(null)
  const standing = ref<Standing>('off')
  const problem = ref('')
  const isMuted = ref(false)
  /** The order in which they came. */
  const calls = shallowRef<readonly Rung[]>([])
  /** A supervisor listens: his phone rings for that, whether he sits at the hotline or not. */
  const isAsked = ref(false)
  const expected = new Set<string>()
  const taken = new WeakSet<RTCSession>()

  const speaks = computed(() => calls.value.find((one) => one.isUp) ?? null)
  /** Whoever speaks stays, whatever becomes of his seat. */
  const isHere = computed(() => isWanted(choice.value, seat.seat, isAsked.value || speaks.value !== null))
  const ringing = computed(() => calls.value.find((one) => !one.isUp) ?? null)
  /** What rings because he has asked for it: his own dialling, what he took at another window, listening. */
  const isOwn = computed(() => {
    const call_id = ringing.value?.callId ?? ''
    return expected.has(call_id) || (seat.seat?.contact === 'talking' && seat.seat.call_id === call_id)
  })

  async function load(): Promise<void> {
    choice.value = await answered(api.GET('/api/v1/me/phone')).catch(() => choice.value)
  }

  async function choose(body: PhoneChoice): Promise<void> {
    try {
      choice.value = await answered(api.PUT('/api/v1/me/phone', { body }))
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  function took(session: RTCSession, user: string): void {
    const rung: Rung = { session, callId: callOf(user), isUp: false, since: Date.now() }
    const put = (change: Partial<Rung>): void => {
      calls.value = calls.value.map((one) => (one.session === session ? { ...one, ...change } : one))
    }
    calls.value = [...calls.value, rung]
    session.on('confirmed', () => put({ isUp: true, since: Date.now() }))
    for (const over of ['ended', 'failed'] as const) {
      session.on(over, ({ cause }) => {
        calls.value = calls.value.filter((one) => one.session !== session)
        if (cause === 'User Denied Media Access') standing.value = 'refused'
      })
    }
  }

  /** Pick up what rings; he who speaks hangs up first. */
  async function answer(): Promise<void> {
    const rung = ringing.value
    // Pressed twice, or by hand and by itself: once is enough.
    if (rung === null || speaks.value !== null || taken.has(rung.session)) return
    taken.add(rung.session)
    expected.delete(rung.callId)
    const { pickUp } = await import('./sip')
    isMuted.value = false
    // The caller may have hung up meanwhile.
    if (ringing.value?.session === rung.session) pickUp(rung.session, microphone.value, (voice) => void hearFrom(voice))
  }

  function hangUp(): void {
    const rung = speaks.value ?? ringing.value
    rung?.session.terminate(rung.isUp ? {} : { status_code: 603 })
  }

  function mute(on: boolean): void {
    const session = speaks.value?.session
    if (session === undefined) return
    if (on) session.mute({ audio: true })
    else session.unmute({ audio: true })
    isMuted.value = on
  }

  function press(key: string): void {
    speaks.value?.session.sendDTMF(key, { transportType: 'RFC2833' as never })
  }

  /** Before listening is asked for: the phone is there soon, and answers by itself. */
  async function expect(callId: string): Promise<void> {
    if (choice.value === null) await load()
    expected.add(callId)
    isAsked.value = true
    for (let waited = 0; isHere.value && COMING.includes(standing.value) && waited < SOON_MS; waited += LOOK_MS) {
      await new Promise((done) => setTimeout(done, LOOK_MS))
    }
  }

  let stopRinging = (): void => {}
  watch(() => ringing.value !== null && !isOwn.value && speaks.value === null, (is) => {
    stopRinging()
    stopRinging = is ? ring() : () => {}
  })
  watch([() => ringing.value?.session, isOwn, speaks], () => {
    if (isOwn.value) void answer()
  })
  /** A page that is loaded anew drops the call: he is asked before. */
  const keepPage = (event: Event): void => event.preventDefault()
  watch(speaks, (now) => {
    if (now !== null) return addEventListener('beforeunload', keepPage)
    hearNobody()
    removeEventListener('beforeunload', keepPage)
  })
  watch(isHere, (is, _, undo) => {
    if (!is) return
    undo(holdLine(standing, { registered: (now) => (standing.value = now ? 'ready' : 'connecting'), rings: (...it) => took(...it) }))
  }, { immediate: true })
  watch(() => seat.isKnown, (is) => void (is && load()), { immediate: true })

  return { choice, standing, problem, speaks, ringing, isMuted, load, choose, answer, hangUp, mute, press, expect }
})

/** `elsewhere`: asked for, and not yet given to this window either. */
const COMING: readonly Standing[] = ['off', 'elsewhere', 'connecting']
const SOON_MS = 5000
const LOOK_MS = 50
