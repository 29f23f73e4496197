import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { Attempt } from '../api/attempt'
import { answered, api } from '../api/client'
import type { Course, Verb, Whom } from '../api/wire'
import { i18n } from '../i18n'
import { problemWords } from '../i18n/problemWords'
import { subscribe } from '../live/live'
import { useSeat } from '../seat/useSeat'
import { isCarried } from './standing'
import { usePhone } from './usePhone'
import { askedOf, stageOf, thirdOf, UNSETTLED } from './stage'

const LOOK_MS = 1000
const COMING_MS = 30_000
const NOTHING: Course = { legs: [], orders: [] }

/** The call that this agent is in, as it stands on the switch, and what he wants done with it. */
export const useTalk = defineStore('talk', () => {
  const { t, te } = i18n.global
  const seat = useSeat()
  const phone = usePhone()
  const course = shallowRef<Course>(NOTHING)
  const problem = ref('')
  /** His last order. What others want of the call is theirs to hear of: no agent is told who listens. */
  const lastId = ref('')
  const attempt = new Attempt()
  /** That of his seat; beside it, one that he is asked about or listens to. */
  const callId = computed(() => (seat.seat?.contact === 'talking' ? seat.seat.call_id : null) ?? phone.speaks?.callId ?? '')
  const isMine = computed(() => seat.seat?.contact === 'talking' && seat.seat.call_id === callId.value)
  const stage = computed(() => stageOf(course.value, seat.me))
  const third = computed(() => thirdOf(course.value.legs))
  const asked = computed(() => askedOf(course.value.orders, seat.me))
  const said = computed(() => {
    const last = course.value.orders.find(({ id }) => id === lastId.value)
    if (problem.value !== '' || last === undefined || last.state === 'asked') return problem.value
    // Who was rung has picked up meanwhile, or is gone.
    if (last.verb === 'consult' && last.state === 'done' && stage.value !== 'asking') return ''
    return last.state === 'done' ? t(`phone.done.${last.verb}`) : `${t(`phone.verb.${last.verb}`)}: ${refusal(last.refusal ?? '')}`
  })

  let asking = 0
  let shown = 0

  async function look(): Promise<void> {
    const call_id = callId.value
    const nth = ++asking
    const found = call_id === '' ? NOTHING : await answered(api.GET('/api/v1/calls/{call_id}/course', { params: { path: { call_id } } })).catch(() => null)
    // An older answer never takes the place of a newer one.
    if (call_id !== callId.value || found === null || nth < shown) return
    shown = nth
    course.value = found
  }

  /** One verb; how it went is said a moment later. Whether it was asked for at all. */
  async function order(verb: Verb, to: Whom | null = null, call_id = callId.value): Promise<boolean> {
    const body = { verb, to }
    try {
      const params = { path: { call_id }, header: attempt.header([call_id, body]) }
      lastId.value = (await answered(api.POST('/api/v1/calls/{call_id}/orders', { params, body }))).id
      attempt.done()
      problem.value = ''
      void look()
      return true
    } catch (failure) {
      problem.value = problemWords(failure)
      return false
    }
  }

  /** Off the line: with the house's own call the house ends it, else this phone goes. */
  async function hangUp(): Promise<void> {
    const call_id = callId.value
    if (!isMine.value) return phone.hangUp()
    const params = { path: { call_id }, header: attempt.header(['end', call_id]) }
    try {
      await answered(api.POST('/api/v1/calls/{call_id}/end', { params, body: { reason: 'agent_hung_up' } }))
      attempt.done()
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  function refusal(why: string): string {
    return te(`phone.refused.${why}`) ? t(`phone.refused.${why}`) : t('phone.refused.other', { why })
  }

  const leave = subscribe(['call'], ({ facts, isGap }) => {
    if (isGap || facts.some((fact) => fact.facts.call_id === callId.value)) void look()
  })
  /** His phone is about to ring for a call of his own. */
  const isComing = (): boolean =>
    stage.value === 'off' && isMine.value && isCarried(phone.choice) && seat.now - Date.parse(seat.seat?.contact_since ?? '') < COMING_MS
  // Whoever is rung picks up or goes without a word of the house.
  const timer = setInterval(() => {
    if (UNSETTLED.includes(stage.value) || asked.value !== null || isComing()) void look()
  }, LOOK_MS)
  onScopeDispose(() => {
    leave()
    clearInterval(timer)
  })
  watch(callId, () => {
    course.value = NOTHING
    problem.value = ''
    void look()
  }, { immediate: true })
  watch(() => phone.speaks?.callId, () => void look())

  return { callId, isMine, course, stage, third, asked, said, order, hangUp, look }
})
