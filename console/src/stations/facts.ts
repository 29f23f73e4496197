import type { Skill, Station } from '../api/wire'
import { zh } from '../i18n/zh'

/** The fields of a station that say what it is; place and hours have forms of their own. */
export const FACTS = [
  'name_zh',
  'name_en',
  'city_zh',
  'city_en',
  'address',
  'duty_phone',
  'skills',
  'brands',
  'keeps_overnight',
  'language',
] as const
export type Fact = (typeof FACTS)[number]
export type Facts = Pick<Station, Fact>

export const SKILLS = Object.keys(zh.stations.skill) as Skill[]

export const NO_FACTS: Facts = {
  name_zh: '',
  name_en: '',
  city_zh: '',
  city_en: '',
  address: '',
  duty_phone: null,
  skills: [],
  brands: [],
  keeps_overnight: false,
  language: 'zh',
}
