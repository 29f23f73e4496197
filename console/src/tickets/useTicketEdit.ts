import { computed, ref, shallowRef, watch } from 'vue'
import { ifMatch } from '../api/attempt'
import { answered, api } from '../api/client'
import { Problem } from '../api/problem'
import type { Ticket } from '../api/wire'
import type { components } from '../api/schema'
import { useDraft } from '../drafts/useDraft'
import { problemWords } from '../i18n/problemWords'
import { differences, settled, type Difference, type Side } from './conflict'
import { changed, patchOf, valuesOf, type Values } from './fields'

/** An edit as it lies in the browser: what was read, in which version, and what I make of it. */
interface Begun {
  version: number
  before: Values
  mine: Values
}

/**
 * The edit of one ticket. What I write survives a reload; it is sent for the version I have read.
 *
 * When somebody was faster and has changed any of these fields, nothing is sent: both changes are
 * shown, and I choose. A ticket that only moved on meanwhile takes the edit as it is.
 */
export function useTicketEdit(ticket: () => Ticket, saved: () => void) {
  const draft = useDraft(() => `edit:${ticket().id}`)
  const begun = shallowRef<Begun | null>(read(draft.value))
  const mine = ref<Values>(begun.value?.mine ?? {})
  const conflict = shallowRef<{ now: Ticket; theirs: Difference[] } | null>(null)
  const chosen = ref<Record<string, Side>>({})
  const problem = ref('')
  const isSaving = ref(false)
  const names = computed(() => (begun.value === null ? [] : changed(begun.value.before, mine.value)))
  const isUndecided = computed(
    () => conflict.value?.theirs.some((one) => one.isClash && chosen.value[one.name] === undefined) ?? false,
  )

  watch(mine, (now) => {
    if (begun.value === null) return
    draft.value = names.value.length === 0 ? '' : JSON.stringify({ ...begun.value, mine: now })
  }, { deep: true })

  function begin(): void {
    const now = ticket()
    const before = valuesOf(now)
    begun.value = { version: now.version, before, mine: before }
    mine.value = { ...before }
  }

  function end(): void {
    begun.value = conflict.value = null
    chosen.value = {}
    draft.value = problem.value = ''
  }

  async function save(): Promise<void> {
    if (begun.value === null || isSaving.value) return
    if (names.value.length === 0) return end()
    isSaving.value = true
    try {
      await send(begun.value.version, mine.value, names.value)
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.status !== 412) problem.value = problemWords(failure)
      else await compare().catch((other: unknown) => (problem.value = problemWords(other)))
    } finally {
      isSaving.value = false
    }
  }

  async function send(version: number, values: Values, what: string[]): Promise<void> {
    const params = { path: { ticket_id: ticket().id }, header: ifMatch(version) }
    const body = patchOf(ticket().kind, values, what) as components['schemas']['TicketPatch']
    await answered(api.PATCH('/api/v1/tickets/{ticket_id}', { params, body }))
    end()
    saved()
  }

  /** Somebody was faster: with what? */
  async function compare(): Promise<void> {
    if (begun.value === null) return
    const params = { path: { ticket_id: ticket().id } }
    const now = await answered(api.GET('/api/v1/tickets/{ticket_id}', { params }))
    const values = valuesOf(now)
    const theirs = differences(begun.value.before, mine.value, values)
    // The same as mine, or nothing here: my own try whose answer was lost, or a mere step of the ticket.
    if (theirs.every((one) => one.mine === one.theirs)) {
      begun.value = { version: now.version, before: values, mine: mine.value }
      if (names.value.length > 0) return send(now.version, mine.value, names.value)
      end()
      return saved()
    }
    conflict.value = { now, theirs }
    chosen.value = {}
    saved()
  }

  /** As chosen: what is theirs becomes what I began with, so that only mine is sent. */
  async function saveChosen(): Promise<void> {
    if (begun.value === null || conflict.value === null || isUndecided.value) return
    const { now } = conflict.value
    const theirs = valuesOf(now)
    mine.value = settled(begun.value.before, mine.value, theirs, chosen.value)
    begun.value = { version: now.version, before: theirs, mine: mine.value }
    conflict.value = null
    await save()
  }

  return { begun, mine, conflict, chosen, isUndecided, problem, isSaving, begin, end, save, saveChosen }
}

function read(draft: string): Begun | null {
  try {
    return draft === '' ? null : (JSON.parse(draft) as Begun)
  } catch {
    return null
  }
}
