import type { components } from '../../api/schema'

/** Short names for what the routes of campaigns answer. */
type Schemas = components['schemas']

export type Campaign = Schemas['CampaignOut']
export type CampaignState = Campaign['state']
export type Kind = Campaign['kind']
export type Purpose = Campaign['purpose']
export type Plan = Campaign['plan']
export type Step = Plan['steps'][number]
export type Variant = Plan['variants'][number]
export type Said = Variant['words'][string]
export type Rule = Step['rules'][string]
/** The lists that stand in a plan. */
export interface OfPlan {
  way: Step['way']
  outcome: Plan['goal']
  repeat: Plan['repeat']
  pacing: Step['pacing']
  then: Rule['then']
}
export type Way = OfPlan['way']
export type Outcome = OfPlan['outcome']

export type Template = Schemas['TemplateOut']
export type Templates = Schemas['TemplateList']
export type Tried = Schemas['PlanTried']
export type PlanFault = Tried['faults'][number]
export type Person = Tried['people'][number]
export type Progress = Schemas['ProgressOut']
export type Run = Progress['runs'][number]
export type TouchCount = Progress['touches'][number]
export type TouchState = TouchCount['state']

/** Codes that the API does not list: those that have words here. */
export type Occasion = 'birthday' | 'wedding' | 'delivery'
export type LeftOut =
  | 'again_too_soon' | 'held_out' | 'held_out_of_all' | 'no_consent' | 'profiling_refused' | 'silent' | 'refused' | 'cap' | 'capped'
  | 'open_case' | 'no_address' | 'no_number' | 'no_email' | 'no_words'
