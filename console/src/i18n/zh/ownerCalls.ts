import type { Outcome, Skip } from '../../outbound/calls/wire'
import type { OUTCOMES, Stage } from '../../outbound/calls/outcomes'
import type { QuickName } from '../../outbound/calls/promise'

const skips: Record<Skip, string> = {
  spoke_today: '今天已和他谈过',
  wrong_person: '不是该找的人',
  known_dispute: '有纠纷,由他人处理',
  not_my_language: '我不讲他的语言',
  other: '其他原因',
}

/** In the agent's words; the lists of campaigns have theirs. */
const outcomes: Record<Extract<Outcome, (typeof OUTCOMES)[number]>, string> = {
  booked: '已预约',
  call_back: '约定回电',
  noted: '已告知',
  survey_done: '问卷答完',
  survey_begun: '问卷未答完',
  refused: '拒绝',
  opted_out: '不再联系',
  wrong_number: '号码有误',
  hung_up: '中途挂断',
  machine: '语音信箱',
}

const stage: Record<Stage, string> = { looks: '待拨', rings: '正在拨打', talks: '通话中', write_up: '请记录结果', over: '未接通' }

const quick: Record<QuickName, string> = {
  next_allowed: '最早可约 {at}',
  in_an_hour: '一小时后',
  this_afternoon: '今天下午3点',
  this_evening: '今晚6点半',
  tomorrow_morning: '明天上午10点',
  tomorrow_afternoon: '明天下午3点',
}

/** An agent's calls to owners. */
export const ownerCalls = {
  ...{ skips, outcomes, stage, quick },
  title: '外呼',
  nobody: '现在没有可以外呼的车主。',
  next_at: '下一位最早 {at} 可以呼叫。',
  to_desk: '到坐席台',
  panel: '外呼车主',
  due: '{n} 位待呼',
  next: '下一位车主',
  back_to: '回到 {who}',
  sit_first: '先在右上角上线。',
  not_called: '没有拨打',
  promised: '我承诺的回电',
  is_due: '到时间了',
  you_promised: '已答应他在 {at} 回电。',
  noted: '上次记录:',
  other_cars: '另有 {cars}',
  why: '为什么是他',
  why_unknown: '没有记录选中他的原因。',
  say: '要说的话',
  in_language: { zh: '请说中文', en: '请说英文' },
  dial: '拨打',
  skip: '跳过',
  skip_why: '为什么不打给他?',
  reached: { connected: '已接通', no_answer: '无人接听', busy: '忙线', unreachable: '无法接通' },
  not_reached: '没有接通。按计划再试,您可以打下一位。',
  book: '预约到店',
  ask: '问卷',
  outcome: '这通外呼的结果',
  silences: '保存后,所有活动都不再以任何方式联系他(安全召回和救援除外)。',
  when: '什么时候回电?',
  past: '请选将来的时间。',
  quiet_hours: '那个时间不允许给他打电话,请和他另约。',
  note: '备注(回电时会看到)',
  done: '记录并结束',
  when_over: '可以先选好,挂断后保存。',
}

/** What its keys do. */
export const ownerCallKeys = {
  owner_call_next: '外呼:下一位车主',
  owner_call_skip: '外呼:跳过这位车主',
  owner_call_outcome: '外呼:选这通电话的结果',
  owner_call_done: '外呼:记录并结束',
}
