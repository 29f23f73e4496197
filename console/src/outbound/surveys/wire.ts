import type { components } from '../../api/schema'

/** Short names for what surveys send and get, as schemas/openapi.json has it. */
type Schemas = components['schemas']

export type Survey = Schemas['Survey-Output']
export type Question = Survey['questions'][number]
export type QuestionType = Question['type']
export type Quota = Survey['quotas'][number]
export type Both = Schemas['BothWords']
export type Option = Schemas['Option']
export type Branch = Question['after'][number]
export type Condition = NonNullable<Branch['when']>
export type Answer = Schemas['Answer']
export type Fault = Schemas['SurveyFaultOut']
export type UsedCodes = Schemas['UsedCodesOut']
export type Tried = Schemas['SurveyTried']
export type SurveyLine = Schemas['SurveyLine']
export type StoredSurvey = Schemas['SurveyOut']
export type SurveyState = Schemas['SurveyState']
export type SurveyResponse = Schemas['ResponseOut']
export type ResponseLine = Schemas['ResponseLine']
export type ResponseState = Schemas['ResponseState']
export type Via = Schemas['Via']
export type Results = Schemas['SurveyResults']
export type QuestionResult = Schemas['QuestionResult']
export type Figures = Schemas['FiguresOut']
export type Interval = Schemas['IntervalOut']
export type CrossTable = Schemas['CrossTable']
export type Days = Schemas['SurveyDays']
export type Said = Schemas['SurveySaid']
export type Language = 'zh' | 'en'
