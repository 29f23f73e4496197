import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { ifMatch } from '../api/attempt'
import { answered, api } from '../api/client'
import { Problem } from '../api/problem'
import type { CallFlow, FlowFault, FlowVersion } from '../api/wire'
import { useDraft } from '../drafts/useDraft'
import { i18n } from '../i18n'
import { problemWords } from '../i18n/problemWords'
import { useLive } from '../live/useLive'
import { isSameFlow, rebased } from './edit'

const CHECK_AFTER_MS = 300
const STALE = 412

interface Kept {
  base: FlowVersion
  flow: CallFlow
  note: string
}

function keptOf(text: string): Kept | null {
  return text === '' ? null : (JSON.parse(text) as Kept)
}

/** The flow as one administrator changes it: nothing of it is heard before it is published. */
export function useFlowDraft() {
  /** What the draft was made from. */
  const base = shallowRef<FlowVersion | null>(null)
  const draft = shallowRef<CallFlow | null>(null)
  const past = shallowRef<readonly CallFlow[]>([])
  const future = shallowRef<readonly CallFlow[]>([])
  const faults = shallowRef<readonly FlowFault[]>([])
  const isChecking = ref(false)
  const isBusy = ref(false)
  const problem = ref('')
  const note = ref('')
  /** Published by somebody else while this one was at it. */
  const theirs = shallowRef<FlowVersion | null>(null)
  const published = ref(0)
  const isChanged = computed(() => base.value !== null && draft.value !== null && !isSameFlow(base.value.flow, draft.value))
  const isFit = computed(() => !isChecking.value && faults.value.length === 0)
  /** What was not published yet, over a reload of the page. */
  const kept = useDraft('call-flow')
  let timer = 0
  /** The field that is being typed into: what is typed there is one change. */
  let typing = ''

  function current(): Promise<FlowVersion> {
    return answered(api.GET('/api/v1/call-flow'))
  }

  async function load(): Promise<void> {
    await tried(async () => {
      const found = await current()
      const before = keptOf(kept.value)
      begin(found)
      if (before === null) return
      note.value = before.note
      if (before.base.version === found.version) return change(before.flow)
      base.value = before.base
      draft.value = before.flow
      theirs.value = found
    })
  }

  /** Anew from this version; what was not published is gone. */
  function begin(version: FlowVersion): void {
    base.value = version
    draft.value = version.flow
    past.value = future.value = faults.value = []
    theirs.value = null
    note.value = typing = ''
  }

  /** `field`: it is typed; else it is a change of its own. */
  function change(to: CallFlow, field = ''): void {
    if (draft.value === null || isSameFlow(draft.value, to)) return
    if (field === '' || field !== typing) past.value = [...past.value, draft.value]
    typing = field
    future.value = []
    published.value = 0
    draft.value = to
  }

  function undo(): void {
    const before = past.value.at(-1)
    if (before === undefined || draft.value === null) return
    future.value = [draft.value, ...future.value]
    past.value = past.value.slice(0, -1)
    draft.value = before
    typing = ''
  }

  function redo(): void {
    const [next, ...rest] = future.value
    if (next === undefined || draft.value === null) return
    past.value = [...past.value, draft.value]
    future.value = rest
    draft.value = next
    typing = ''
  }

  async function check(flow: CallFlow): Promise<void> {
    await tried(async () => {
      const found = await answered(api.POST('/api/v1/call-flow/check', { body: { flow } }))
      if (draft.value !== flow) return
      faults.value = found.faults
      isChecking.value = false
    })
  }

  async function publish(): Promise<void> {
    const flow = draft.value
    if (flow === null || base.value === null) return
    isBusy.value = true
    await tried(async () => {
      const params = { header: ifMatch(base.value!.version) }
      try {
        const made = await answered(api.PUT('/api/v1/call-flow', { params, body: { flow, note: note.value.trim() } }))
        begin(made)
        published.value = made.version
      } catch (failure) {
        if (!(failure instanceof Problem && failure.status === STALE)) throw failure
        theirs.value = await current()
      }
    })
    isBusy.value = false
  }

  /** The draft stands on what the other has published; of steps that both changed, mine stand. */
  function rebase(): void {
    if (theirs.value === null || base.value === null || draft.value === null) return
    const { flow } = rebased(base.value.flow, theirs.value.flow, draft.value)
    base.value = theirs.value
    theirs.value = null
    change(flow)
  }

  async function tried(act: () => Promise<void>): Promise<void> {
    try {
      await act()
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  async function heard(): Promise<void> {
    const now = await current()
    if (base.value === null || now.version <= base.value.version) return
    if (isChanged.value) theirs.value = now
    else begin(now)
  }

  watch([draft, i18n.global.locale], ([flow]) => {
    clearTimeout(timer)
    if (flow === null) return
    isChecking.value = true
    timer = window.setTimeout(() => void check(flow), CHECK_AFTER_MS)
  })
  watch([draft, note], () => {
    const isKept = base.value !== null && draft.value !== null && isChanged.value
    kept.value = isKept ? JSON.stringify({ base: base.value, flow: draft.value, note: note.value }) : ''
  }, { flush: 'sync' })
  useLive(['call_flow.published'], () => tried(heard))
  onScopeDispose(() => clearTimeout(timer))
  void load()
  return {
    ...{ base, draft, past, future, faults, isChecking, isBusy, isChanged, isFit, problem, note, theirs, published },
    ...{ load, begin, change, undo, redo, publish, rebase },
  }
}
