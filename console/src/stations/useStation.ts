import { ref, shallowRef } from 'vue'
import { answered, api } from '../api/client'
import { ifMatch } from '../api/attempt'
import type { Readiness, Station } from '../api/wire'
import { problemWords } from '../i18n/problemWords'
import { useLive } from '../live/useLive'

export type StationChanges = Partial<Omit<Station, 'version'>>

/** One station and whether it could be asked now, as they stand. */
export function useStation(id: string) {
  const station = shallowRef<Station | null>(null)
  const readiness = shallowRef<Readiness | null>(null)
  const problem = ref('')
  const params = { path: { station_id: id } }

  async function reload(): Promise<void> {
    try {
      const [one, ready] = await Promise.all([
        answered(api.GET('/api/v1/stations/{station_id}', { params })),
        answered(api.GET('/api/v1/stations/{station_id}/readiness', { params })),
      ])
      station.value = one
      readiness.value = ready
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  /** Writes these fields over the version that was read; the answer is the station from now on. */
  async function send(changes: object, version: number): Promise<void> {
    const header = ifMatch(version)
    station.value = await answered(
      api.PATCH('/api/v1/stations/{station_id}', { params: { ...params, header }, body: changes }),
    )
  }

  useLive([`station:${id}`], reload)
  void reload()
  return { station, readiness, problem, reload, send }
}
