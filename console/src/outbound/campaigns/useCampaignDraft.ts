import { computed, ref, watch } from 'vue'
import { ifMatch } from '../../api/attempt'
import { answered, api } from '../../api/client'
import { changesOf, type Fields } from '../../api/edits'
import { useEdit } from '../../api/useEdit'
import { useDraft } from '../../drafts/useDraft'
import type { Campaign } from './wire'

const FIELDS = ['name', 'purpose', 'audience_id', 'policy', 'plan', 'starts_at', 'ends_at'] as const
type Field = (typeof FIELDS)[number]
export type Wish = Fields<Campaign, Field>

interface Kept {
  version: number
  changes: Partial<Wish>
}

/** A draft as one supervisor changes it: kept in the browser until it is saved. */
export function useCampaignDraft(read: () => Campaign, take: (now: Campaign) => void, reload: () => Promise<void>) {
  const kept = useDraft(`campaign:${read().id}`)
  const before = kept.value === '' ? null : (JSON.parse(kept.value) as Kept)
  const edit = useEdit<Campaign, Field>(read, FIELDS, send, reload)
  const isOver = ref(before !== null && before.version !== read().version)
  /** Somebody else has changed what is changed here. */
  const isStale = computed(() => isOver.value || edit.conflicts.value.length > 0)

  async function send(changes: Partial<Wish>, version: number): Promise<void> {
    const params = { path: { campaign_id: read().id }, header: ifMatch(version) }
    take(await answered(api.PATCH('/api/v1/campaigns/{campaign_id}', { params, body: changes })))
    isOver.value = false
  }

  function put<F extends Field>(field: F, value: Campaign[F]): void {
    edit.set(field, value)
  }

  function undo(): void {
    edit.undo()
    isOver.value = false
  }

  function restore<F extends Field>(field: F, changes: Partial<Wish>): void {
    if (field in changes) edit.set(field, changes[field] as Campaign[F])
  }

  if (before !== null) FIELDS.forEach((field) => restore(field, before.changes))
  watch(
    [edit.base, edit.draft],
    ([base, draft]) => {
      const changes = changesOf<Campaign, Field>(base, draft)
      kept.value = Object.keys(changes).length > 0 ? JSON.stringify({ version: read().version, changes }) : ''
    },
    { flush: 'sync' },
  )
  return { ...edit, put, undo, isStale }
}
