import type { AwayReason, Disposition, Urgency } from '../../api/wire'
import type { Phase } from '../../seat/seat'

const phase: Record<Phase, string> = {
  out: '未上线',
  lost: '掉线',
  ready: '就绪',
  away: '离开',
  offered: '振铃',
  talking: '通话中',
  wrap_up: '话后整理',
}

const away: Record<AwayReason, string> = {
  break: '休息',
  meal: '用餐',
  training: '培训',
  meeting: '会议',
  desk_work: '处理工单',
  missed: '未接来电',
  other: '其他',
}

const urgency: Record<Urgency, string> = {
  danger: '有生命危险',
  expressway: '高速公路救援',
  rescue: '救援',
  rest: '一般',
}

const disposition: Record<Disposition, string> = {
  ticket: '已开工单',
  information: '已答复咨询',
  transferred: '已转接',
  call_back: '约定回电',
  wrong_number: '打错电话',
  silent: '无声电话',
  nuisance: '骚扰电话',
}

/** Words of the agent's seat at the hotline. */
export const seat = {
  phase,
  away,
  urgency,
  disposition,
  title: '热线坐席',
  take: '上线接听',
  ready: '就绪',
  go_away: '离开:{reason}',
  sign_out: '下线',
  then: '之后:{wish}',
  lost: '与热线的连接已断,正在恢复;恢复前不会来电。',
  missed: '刚才的来电没有接起。就绪后才会再来电。',
  offered: '轮到您的来电',
  call_back: '请回拨',
  answer: '接听',
  dial: '回拨',
  pass_on: '转给他人',
  pass_on_as: '转给他人,我离开:',
  seconds: '{n} 秒',
  minutes: '{n} 分钟',
  left: '剩 {length}',
  hung_up_after: '排队 {length}后挂断',
  lost_line: '通话中断线',
  asked_back: '要求回电',
  dialling: '正在呼叫。接通了吗?',
  connected: '已接通',
  no_answer: '无人接听',
  busy: '忙线',
  why: {
    title: '为何是这一位',
    waited: '已等 {length}',
    before: '先于早到的 {n} 位',
    since: {
      danger: '因为有生命危险',
      expressway: '因为在高速公路上',
      rescue: '因为是救援',
      tier: '因为会员等级',
      turn: '因为他的轮次更早',
    },
    comma: ',',
    last_agent: '上次由您接待',
    opened: { group: '久等后对其他组放开', language: '久等后不限语言', skills: '久等后不限技能' },
  },
  wrap_up: '话后整理',
  outcome: '通话结果',
  note: '备注',
  done: '完成整理',
  queue_instead: '进入排队',
  ring_directly: '直接振铃',
  how: '来电方式',
  group: '坐席组',
  urgency_label: '紧急程度',
  waits: '前面 {ahead} 位;预计等待 {length}',
  waits_nobody: '前面 {ahead} 位;该组现在无人在线',
  caller_hangs_up: '来电人挂断',
  caller_asks: '来电人要求回电',
}

/** What its keys do. */
export const seatKeys = {
  seat_menu: '热线状态:就绪、离开、下线',
  seat_pass_on: '把振铃的来电转给他人',
  seat_outcome: '话后整理:选通话结果',
  seat_done: '话后整理:完成',
}
