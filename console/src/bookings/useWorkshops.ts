import { ref, shallowRef } from 'vue'
import { answered, api } from '../api/client'
import type { Place, Workshop } from '../api/wire'
import { problemWords } from '../i18n/problemWords'

const SHOWN = 6

/** Workshops near a place that somebody has said, each with its next free times. */
export function useWorkshops() {
  const place = shallowRef<Place | null>(null)
  const workshops = shallowRef<Workshop[] | null>(null)
  const problem = ref('')
  const isLooking = ref(false)
  let spot: { lat: number; lon: number } | null = null

  async function looking(act: () => Promise<void>): Promise<void> {
    isLooking.value = true
    try {
      await act()
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    } finally {
      isLooking.value = false
    }
  }

  async function near(known: string): Promise<void> {
    if (spot === null) return
    const { lat, lon } = spot
    const body = { lat, lon, known: known || null, since: null, limit: SHOWN }
    workshops.value = (await answered(api.POST('/api/v1/workshops/nearest', { body }))).items
  }

  /** `words`: a town, an address, a shared link; `known`: a workshop that is told first. */
  function find(words: string, known: string): Promise<void> {
    return looking(async () => {
      place.value = await answered(api.POST('/api/v1/places/reading', { body: { text: words, datum: null } }))
      spot = place.value.spot
      workshops.value = null
      await near(known)
    })
  }

  /** This workshop first, and those near the place, or near itself where nobody has said one. */
  function beside(station_id: string): Promise<void> {
    return looking(async () => {
      if (spot === null) {
        const { lat, lon } = await answered(api.GET('/api/v1/stations/{station_id}', { params: { path: { station_id } } }))
        spot = { lat, lon }
      }
      await near(station_id)
    })
  }

  return { place, workshops, problem, isLooking, find, beside }
}
