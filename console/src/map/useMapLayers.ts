import { computed, ref, shallowRef } from 'vue'
import { answered, api } from '../api/client'
import type { MapLayer } from './wire'

/** Which map lies beneath: the settings name them, each person chooses, all maps follow. */

const KEPT = 'map'
/** Our own coast and towns, which need nobody. */
export const OWN = 'own'

const layers = shallowRef<readonly MapLayer[]>([])
const wanted = ref(localStorage.getItem(KEPT))
const chosen = computed(() => {
  if (wanted.value === OWN) return null
  return layers.value.find((one) => one.name_zh === wanted.value) ?? layers.value[0] ?? null
})
let asking: Promise<void> | null = null

async function load(): Promise<void> {
  try {
    layers.value = (await answered(api.GET('/api/v1/places/map-layers'))).items
  } catch {
    // The own map does without; the next map that opens asks again.
    asking = null
  }
}

function choose(name: string): void {
  wanted.value = name
  localStorage.setItem(KEPT, name)
}

export function useMapLayers() {
  asking ??= load()
  return { layers, chosen, choose }
}
