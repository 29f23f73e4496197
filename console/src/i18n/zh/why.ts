import type { Family, Reason } from '../../outbound/campaigns/reasons'

const family: Record<Family, string> = { wish: '车主的意愿', rules: '规则与时段', data: '资料不全', compared: '留作对照', campaign: '活动本身' }

const reason: Record<Reason, string> = {
  silent: '要求免打扰', refused: '拒绝过这类联系', no_consent: '没有同意这类联系', profiling_refused: '不接受个性化推荐', opted_out: '要求不再联系', call_back: '已约定回电',
  outside_hours: '不在允许时段', cap: '已达联系次数上限', capped: '已达联系次数上限', held: '有未结的投诉或救援', open_case: '有未结的投诉或救援',
  abandoned_lately: '刚接过无人接待的电话', policy_unknown: '规则包还没有生效',
  no_address: '没有联系方式', no_number: '没有号码', no_email: '没有邮箱', no_words: '没有适合的话', survey_not_open: '问卷没有开放', no_voice: '语音没有准备好', wrong_person: '不是车主本人',
  held_out: '本活动对照组', held_out_of_all: '全局对照组',
  again_too_soon: '近期已参加本活动', expired: '过了有效期', paused: '活动已暂停', campaign_over: '活动已结束', campaign_stopped: '活动已停止',
  claim_lapsed: '中断后重新排队', not_dialled: '没有拨出,重新排队', booked: '已经预约', came: '已经来过', car_gone: '车已不在', car_not_his: '车已不是他的', survey_done: '问卷已完成',
  run_over: '本轮对他已结束', answered: '已接听电话', noted: '坐席已记录', hung_up: '通话中挂断', wrong_number: '号码不是他的', undelivered: '没有送达',
  spoke_today: '坐席:今天已通过话', known_dispute: '坐席:正在争议', not_my_language: '坐席:语言不通', other: '坐席:其他原因',
}

export const why = {
  ...{ family, reason },
  title: '为什么没有联系',
  nobody: '目前没有被跳过、也没有在等的车主。',
  before: '开始时就排除',
  before_hint: '按车主计',
  never: '轮到时没有联系',
  never_hint: '按联系计,不会再试',
  waits: '还在等',
  waits_hint: '按联系计,时候到了再试',
}
