import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { Attempt } from '../api/attempt'
import { answered, api } from '../api/client'
import { Problem } from '../api/problem'
import type { CallFlow, Line, SpokenWords } from '../api/wire'
import { problemWords } from '../i18n/problemWords'
import { Carrier } from './carrier'
import { spokenMessage } from './message'
import { say, type Voice } from './mouth'
import { pause } from './pause'
import { Talk, type LetGo, type Taken } from './talk'
import { beep, keyTone } from './tones'
import { silence } from './wav'

export type Phase = 'idle' | 'dialling' | 'menu' | 'recording' | 'waiting' | 'handed_over' | 'talking' | 'over'

/** A line of what was heard and pressed. */
export interface Heard {
  id: number
  text: string
  language: 'zh' | 'en'
  key: string
}

const BEAT_MS = 1000
const SILENT_S = 1

/** The telephone of this page: one call at a time. */
export function usePhone() {
  const phase = ref<Phase>('idle')
  const heard = shallowRef<Heard[]>([])
  const step = ref('')
  const line = shallowRef<Line | null>(null)
  const problem = ref('')
  const voice = ref<Voice>('house')
  const hasMicrophone = ref(true)
  const letGo = shallowRef<LetGo>(null)
  const walked = shallowRef<CallFlow | null>(null)
  const isLive = computed(() => phase.value !== 'idle' && phase.value !== 'over')
  const dialling = new Attempt()
  let carrier: Carrier | null = null
  let talk: Talk | null = null
  let timer = 0
  let lines = 0

  async function call(caller: string | null): Promise<void> {
    if (isLive.value) return
    reset()
    phase.value = 'dialling'
    try {
      const body = { caller }
      const begun = await answered(api.POST('/api/v1/simulated-calls', { params: { header: dialling.header(body) }, body }))
      dialling.done()
      const begunCall = new Carrier(begun.token)
      // He has hung up, or gone, before it rang.
      if (phase.value !== 'dialling') return void begunCall.hangUp().catch(() => undefined)
      carrier = begunCall
      walked.value = begun.flow
      phase.value = 'menu'
      timer = window.setTimeout(beat, BEAT_MS)
      talk = new Talk({ say: speak, pause, record, press: begunCall.press.bind(begunCall), at, took })
      await ends(await talk.run(begun.acts))
    } catch (failure) {
      fails(failure)
    }
  }

  /** The flow has let him go; null: he talks, or it is over. */
  async function ends(last: LetGo): Promise<void> {
    if (last === null || !isLive.value) return
    letGo.value = last
    if (last.kind === 'close') await hangUp()
    else if (phase.value !== 'talking') phase.value = last.kind === 'wait' ? 'waiting' : 'handed_over'
  }

  function key(pressed: string): void {
    if (!isLive.value) return
    keyTone(pressed)
    talk?.key(pressed)
  }

  async function hangUp(isClosing = false): Promise<void> {
    const held = carrier
    // What is being recorded is sent first: it says itself that he has hung up behind it.
    const isSaying = phase.value === 'recording' && !isClosing
    over()
    if (held === null || isSaying) return
    // Who is not there any more has hung up, too.
    await held.hangUp().catch(() => undefined)
  }

  async function beat(): Promise<void> {
    const asked = carrier
    if (asked === null) return
    try {
      const now = await asked.line()
      if (asked !== carrier) return
      line.value = now
      if (now.state === 'answered' && phase.value !== 'talking') {
        step.value = talk?.goal || step.value
        talk?.stop()
        phase.value = 'talking'
      }
      // The flow's own last words are heard to their end.
      if (now.state === 'ended' && now.end_reason !== 'flow_hung_up') await hangUp()
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 404) over()
    }
    if (carrier !== null) timer = window.setTimeout(beat, BEAT_MS)
  }

  async function speak(words: SpokenWords, cut: AbortSignal): Promise<void> {
    note(words.text, words.language)
    const by = await say(words, cut)
    if (by !== 'house') voice.value = by
  }

  async function record(taken: Taken, done: AbortSignal) {
    const held = carrier!
    phase.value = 'recording'
    beep()
    const spoken = await spokenMessage(taken.most_s, done)
    hasMicrophone.value = spoken !== null
    const hasHungUp = carrier !== held
    const told = await held.leaveMessage(taken.sequence, spoken ?? silence(SILENT_S), hasHungUp)
    if (!hasHungUp) phase.value = 'menu'
    return told
  }

  function at(where: string): void {
    step.value = where
  }

  function took(pressed: string): void {
    note('', 'zh', pressed)
  }

  function note(text: string, language: 'zh' | 'en', pressed = ''): void {
    heard.value = [...heard.value, { id: ++lines, text, language, key: pressed }]
  }

  function fails(failure: unknown): void {
    if (!isLive.value) return
    if (!(failure instanceof Problem && failure.code === 'call_not_in_flow')) problem.value = problemWords(failure)
    void hangUp()
  }

  function over(): void {
    clearTimeout(timer)
    carrier = null
    talk?.stop()
    talk = null
    step.value = ''
    if (isLive.value) phase.value = 'over'
  }

  function reset(): void {
    heard.value = []
    line.value = letGo.value = null
    problem.value = step.value = ''
    voice.value = 'house'
    hasMicrophone.value = true
  }

  const leave = (): void => void hangUp(true)
  addEventListener('pagehide', leave)
  onScopeDispose(() => {
    removeEventListener('pagehide', leave)
    leave()
  })
  return { phase, heard, step, line, problem, voice, hasMicrophone, letGo, walked, isLive, call, key, hangUp: () => hangUp() }
}
