import { computed, shallowRef } from 'vue'
import { answered, api } from '../../api/client'
import type { components } from '../../api/schema'
import { useWords } from '../../i18n'
import type { Choice, Listed } from './kinds'

export interface Option {
  value: string | number
  label: string
}

type Choices = components['schemas']['ChoicesOut']
const PLATES = [...'京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼']
const MOST_STATIONS = 200
const found = shallowRef<Choices>({ models: [], cities: [], campaigns: [], audiences: [] })
const stations = shallowRef<{ id: string; name_zh: string; name_en: string }[]>([])

/** What there is to choose among, fetched once for each visit of the builder. */
export async function loadChoices(): Promise<void> {
  found.value = await answered(api.GET('/api/v1/audiences/choices'))
  stations.value = (await answered(api.GET('/api/v1/stations', { params: { query: { limit: MOST_STATIONS } } }))).items
}

/** The options of a field in the reader's language. */
export function useOptions(own: () => string | undefined) {
  const { t, tm, locale } = useWords()
  const named = (list: readonly { id: string; name: string }[]): Option[] => list.map((one) => ({ value: one.id, label: one.name }))
  const plain = (list: readonly string[]): Option[] => list.map((one) => ({ value: one, label: one }))
  const listed = computed<Record<Listed, Option[]>>(() => ({
    provinces: Object.entries(tm('province') as Record<string, string>).map(([value]) => ({ value, label: t(`province.${value}`) })),
    models: plain(found.value.models),
    cities: plain(found.value.cities),
    plates: plain(PLATES),
    campaigns: named(found.value.campaigns),
    audiences: named(found.value.audiences.filter((one) => one.id !== own())),
    stations: stations.value.map((one) => ({ value: one.id, label: locale.value === 'en' ? one.name_en : one.name_zh })),
  }))

  function optionsOf(of: Choice | Listed): Option[] {
    if (of in listed.value) return listed.value[of as Listed]
    const words = tm(`audiences.options.${of}`) as Record<string, string>
    return Object.keys(words).map((code) => ({ value: of === 'tiers' ? Number(code.slice(1)) : code, label: t(`audiences.options.${of}.${code}`) }))
  }
  return optionsOf
}
