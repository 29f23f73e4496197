import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { Attempt } from '../api/attempt'
import { answered, api } from '../api/client'
import type { Course, Verb, Whom } from '../api/wire'
import { i18n } from '../i18n'
import { problemWords } from '../i18n/problemWords'
import { subscribe } from '../live/live'
import { useSeat } from '../seat/useSeat'
import { usePhone } from './usePhone'
import { askedOf, stageOf, thirdOf, UNSETTLED } from './stage'

const LOOK_MS = 1000
const NOTHING: Course = { legs: [], orders: [] }

/** The call that this agent is in, as it stands on the switch, and what he wants done with it. */
export const useTalk = defineStore('talk', () => {
  const { t, te } = i18n.global
  const seat = useSeat()
  const phone = usePhone()
  const course = shallowRef<Course>(NOTHING)
  const said = ref('')
  const attempt = new Attempt()
  /** That of his seat; beside it, one that he is asked about or listens to. */
  const callId = computed(() => (seat.seat?.contact === 'talking' ? seat.seat.call_id : null) ?? phone.speaks?.callId ?? '')
  const isMine = computed(() => seat.seat?.contact === 'talking' && seat.seat.call_id === callId.value)
  const stage = computed(() => stageOf(course.value, seat.me))
  const third = computed(() => thirdOf(course.value.legs))
  const asked = computed(() => askedOf(course.value.orders, seat.me))

  async function look(): Promise<void> {
    const call_id = callId.value
    const found = call_id === '' ? NOTHING : await answered(api.GET('/api/v1/calls/{call_id}/course', { params: { path: { call_id } } })).catch(() => null)
    if (call_id === callId.value && found !== null) course.value = found
  }

  /** One verb; how it went is said a moment later. Whether it was asked for at all. */
  async function order(verb: Verb, to: Whom | null = null, call_id = callId.value): Promise<boolean> {
    const body = { verb, to }
    try {
      const params = { path: { call_id }, header: attempt.header([call_id, body]) }
      await answered(api.POST('/api/v1/calls/{call_id}/orders', { params, body }))
      attempt.done()
      said.value = ''
      void look()
      return true
    } catch (failure) {
      said.value = problemWords(failure)
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
      said.value = problemWords(failure)
    }
  }

  function refusal(why: string): string {
    return te(`phone.refused.${why}`) ? t(`phone.refused.${why}`) : t('phone.refused.other', { why })
  }

  const leave = subscribe(['call'], ({ facts, isGap }) => {
    const about = facts.filter((fact) => fact.facts.call_id === callId.value)
    for (const { kind, facts: told } of about) {
      if (kind === 'call.order_done') said.value = t(`phone.done.${String(told.verb)}`)
      if (kind === 'call.order_refused') said.value = `${t(`phone.verb.${String(told.verb)}`)}: ${refusal(String(told.why))}`
    }
    if (isGap || about.length > 0) void look()
  })
  // Whoever is rung picks up or goes without a word of the house.
  const timer = setInterval(() => void (UNSETTLED.includes(stage.value) && look()), LOOK_MS)
  onScopeDispose(() => {
    leave()
    clearInterval(timer)
  })
  watch(callId, () => {
    course.value = NOTHING
    said.value = ''
    void look()
  }, { immediate: true })
  watch(() => phone.speaks?.callId, () => void look())

  return { callId, isMine, course, stage, third, asked, said, order, hangUp, look }
})
