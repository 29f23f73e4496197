import type { components } from '../api/schema'

/** What an owner has said about being contacted, cell by cell. Pure. */

type Schemas = components['schemas']

export type Purpose = Schemas['ContactPurpose']
export type Channel = Schemas['ContactChannel']
export type Evidence = Schemas['Evidence']
export type SilenceReason = Schemas['SilenceReason']
export type Consents = Schemas['ConsentsOut']
export type ConsentWord = Schemas['WordOut']
export type Visit = Schemas['VisitOut']
export type VisitKind = Schemas['VisitKind']
export type VisitSource = Schemas['VisitSource']
export type OdometerDoubt = Schemas['OdometerDoubt']
export type Days = Schemas['DaysOut']
export type OwnerTier = Schemas['TierOut']
export type Measure = Schemas['Measure']
export type TierRules = Schemas['TierRulesOut']
export type TierRule = Schemas['TierRuleBody']
export type TierPreview = Schemas['TierPreview']

export const PURPOSES: readonly Purpose[] = ['safety', 'contract', 'satisfaction', 'marketing', 'greeting']
export const CHANNELS: readonly Channel[] = ['call', 'automated_call', 'text', 'email']
export const EVIDENCE: readonly Evidence[] = ['said_to_agent', 'recording', 'paper', 'web_form', 'text_reply', 'key_press', 'file', 'receipt']
export const REASONS: readonly SilenceReason[] = ['asked', 'complained', 'wrong_number', 'bounced', 'deceased', 'legal']
export const VISIT_KINDS: readonly VisitKind[] = ['maintenance', 'first_service', 'repair', 'accident', 'recall']
export const MEASURES: readonly Measure[] = ['cars', 'visits', 'spend', 'years']

export interface Cell {
  state: 'granted' | 'refused' | 'unspoken'
  /** By which word it is so; none where he has not spoken of it. */
  word: ConsentWord | null
}

/** One purpose on one channel: how it stands, and the latest word that says so. */
export function cellOf(consents: Consents, purpose: Purpose, channel: Channel): Cell {
  const code = `${purpose}:${channel}`
  const { granted, refused } = consents.reach
  const state = granted.includes(code) ? 'granted' : refused.includes(code) ? 'refused' : 'unspoken'
  if (state === 'unspoken') return { state, word: null }
  const saysSo = (word: ConsentWord): boolean =>
    word.channel === channel && word.granted === (state === 'granted') && (word.purpose === purpose || word.purpose === null)
  return { state, word: consents.words.find(saysSo) ?? null }
}

/** Whether he wants to hear nothing at all, on any channel. */
export function isSilent(consents: Consents): boolean {
  return consents.reach.silent.length === CHANNELS.length
}
