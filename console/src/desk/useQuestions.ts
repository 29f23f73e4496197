import { computed, type Ref } from 'vue'
import type { Ticket } from '../api/wire'
import { useWords } from '../i18n'
import type { Told } from './openTicket'
import type { Option } from './PickList.vue'
import { carWords } from '../customers/carWords'
import { OTHER, type Caller, type Picked } from './steps'

const KINDS = ['rescue', 'technical', 'complaint', 'enquiry'] as const
const AGAIN = 5

export interface Question {
  title: string
  options: Option[]
}

interface Answers {
  pick: (picked: Partial<Picked>) => void
  attach: (ticketId: string) => void
  open: (kind: Exclude<Told['kind'], 'rescue'>) => void
}

/**
 * The questions of a call, one after the other, each answered with one key. `already` are the
 * caller's open tickets: he may ring about one of them.
 */
export function useQuestions(caller: Ref<Caller>, already: Ref<readonly Ticket[]>, on: Answers) {
  const { t } = useWords()
  const owners = computed(() => caller.value.owners)
  const question = computed<Question>(() => {
    if (caller.value.step === 'who') return who()
    if (caller.value.step === 'car') return which()
    return about()
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

  function answer(id: string): void {
    if (caller.value.step === 'who') on.pick({ owner: id, car: '' })
    else if (caller.value.step === 'car') on.pick({ car: id })
    else answerAbout(id)
  }

  function answerAbout(id: string): void {
    const kind = KINDS.find((one) => one === id)
    if (kind === undefined) on.attach(id)
    else if (kind === 'rescue') on.pick({ about: 'rescue' })
    else on.open(kind)
  }

  return { question, answer }
}
