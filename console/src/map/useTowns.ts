import { shallowRef } from 'vue'
import { answered, api } from '../api/client'
import { roundBox, type Box } from './marks'
import type { Town } from './layers'

/** The names on the map: the largest towns of what is looked at. */
export function useTowns() {
  const towns = shallowRef<readonly Town[]>([])
  let shown = ''

  async function lookAt(box: Box): Promise<void> {
    const query = roundBox(box)
    const asked = JSON.stringify(query)
    if (asked === shown) return
    shown = asked
    try {
      const { items } = await answered(api.GET('/api/v1/places/towns', { params: { query } }))
      if (asked === shown) towns.value = items
    } catch {
      // A map without names still shows where; the next move asks again.
      shown = ''
    }
  }

  return { towns, lookAt }
}
