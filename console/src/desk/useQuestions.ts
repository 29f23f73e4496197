import { computed, ref, type Ref } from 'vue'
import type { Fault, Ticket } from '../api/wire'
import { useWords } from '../i18n'
import { zh } from '../i18n/zh'
import type { Told } from './openTicket'
import type { Option } from './PickList.vue'
import { carWords } from '../customers/carWords'
import { OTHER, type Caller, type Picked } from './steps'

const KINDS = ['rescue', 'technical', 'complaint', 'enquiry'] as const
const FAULTS = Object.keys(zh.desk.fault) as Fault[]
const BACK = 'back'
const AGAIN = 5

export interface Question {
  title: string
  options: Option[]
}

interface Answers {
  pick: (picked: Partial<Picked>) => void
  attach: (ticketId: string) => void
  open: (kind: Told['kind'], fault: Fault) => void
}

/**
 * The questions of a call, one after the other, each answered with one key. `already` are the
 * caller's open tickets: he may ring about one of them.
 */
export function useQuestions(caller: Ref<Caller>, already: Ref<readonly Ticket[]>, on: Answers) {
  const { t } = useWords()
  const isRescue = ref(false)

  const owners = computed(() => caller.value.owners)
  const question = computed<Question>(() => {
    if (caller.value.step === 'who') return who()
    if (caller.value.step === 'car') return which()
    return isRescue.value ? faults() : about()
  })

  function who(): Question {
    const options = owners.value.map((one) => ({
      id: one.id,
      label: [one.name, ...one.vehicles.map(carWords)].join(' · '),
    }))
    return { title: t('desk.who'), options: [...options, { id: OTHER, label: t('desk.nobody_of_them') }] }
  }

  function which(): Question {
    const cars = caller.value.owner?.vehicles ?? []
    const options = cars.map((one) => ({ id: one.id, label: carWords(one) }))
    return { title: t('desk.which_car'), options: [...options, { id: OTHER, label: t('desk.other_car') }] }
  }

  function about(): Question {
    const kinds = KINDS.map((kind) => ({ id: kind as string, label: t(`kind.${kind}`) }))
    const tickets = already.value.slice(0, AGAIN).map((one) => ({ id: one.id, label: alreadyWords(one) }))
    return { title: t('desk.about'), options: [...kinds, ...tickets] }
  }

  function alreadyWords(one: Ticket): string {
    return t('desk.already', { number: one.number, kind: t(`kind.${one.kind}`), stage: t(`stage.${one.stage}`) })
  }

  function faults(): Question {
    const options = FAULTS.map((fault) => ({ id: fault as string, label: t(`desk.fault.${fault}`) }))
    return { title: t('desk.what_fault'), options: [...options, { id: BACK, label: t('desk.back') }] }
  }

  function answer(id: string): void {
    if (caller.value.step === 'who') on.pick({ owner: id, car: '' })
    else if (caller.value.step === 'car') on.pick({ car: id })
    else if (isRescue.value) answerFault(id)
    else answerAbout(id)
  }

  function answerFault(id: string): void {
    const fault = FAULTS.find((one) => one === id)
    if (fault === undefined) isRescue.value = false
    else on.open('rescue', fault)
  }

  function answerAbout(id: string): void {
    const kind = KINDS.find((one) => one === id)
    if (kind === undefined) on.attach(id)
    else if (kind === 'rescue') isRescue.value = true
    else on.open(kind, 'unknown')
  }

  return { question, isRescue, answer, reset: () => (isRescue.value = false) }
}
