import type { Basis } from '../../outbound/policies/wire'
import type { Day } from '../../outbound/policies/week'

const basis: Record<Basis, string> = { always: '随时可以', unless_refused: '没有拒绝就可以', consent: '要先同意' }

const day: Record<Day, string> = { mon: '周一', tue: '周二', wed: '周三', thu: '周四', fri: '周五', sat: '周六', sun: '周日', holiday: '节假日' }

const short: Record<Day, string> = { mon: '一', tue: '二', wed: '三', thu: '四', fri: '五', sat: '六', sun: '日', holiday: '假' }

export const policies = {
  ...{ basis, day, short },
  title: '外呼规则包',
  of_campaign: '规则包 {policy}',
  review: '需要法律审核',
  review_why: '这是本中心自己对法律的理解,还没有律师审核过,不能当作法律意见。',
  in_force: '现行版本 {version},自 {day} 起',
  comes: '下一版本 {version},{day} 生效',
  no_next: '没有等待生效的下一版本。',
  not_yet: '您正在看的版本还没有生效,{day} 起才算数。',
  hours: '什么时候可以联系',
  hours_hint: '每张小图是一周:每行一天,“假”是节假日;从左到右 0 到 24 点,按车主所在地的时间。',
  now_mark: '现在({zone})',
  open_now: '现在可以',
  closed_now: '现在不可以',
  any_time: '不限时段',
  closed: '不联系',
  from_to: '{first}至{last}',
  caps: '最多多少次',
  cap: '{days} 天内最多 {n} 次',
  caps_hint: '跨所有活动和渠道一起算,任意连续的天数,不是自然周或自然月。',
  holds: '什么时候先不打扰',
  hold: '有{ticket}未{until}:{purposes}都先等着。',
  ticket: { complaint: '投诉', rescue: '救援', technical: '技术咨询', part_order: '配件订单' },
  until: { closed: '关闭', resolved: '解决' },
  texts: '短信和邮件里必须有',
  texts_of: '用于{purposes}:',
  sender_named: '写明是谁发的',
  sender_reachable: '写明怎么找到我们',
  opt_out_told: '写明怎么退订',
  calls: '电话',
  ceiling: '接起后没有坐席',
  ceiling_of: '{hours} 小时内不超过 {share} %',
  connect: '接起后多久算没有坐席',
  ring: '至少振铃',
  redial: '没有坐席之后不再自动拨打',
  seconds: '{n} 秒',
  hours_n: '{n} 小时',
  kept: '证据保留',
  kept_of: '同意 {consent} 天,联系记录 {contact} 天,录音 {recording} 天(仅供参考,系统尚未按此自动清除)',
  days: '接下来 120 天的特殊日子',
  works_as: '按{day}上班',
  no_days: '没有。',
  no_calendar: '这个规则包不区分节假日。',
  sources: '依据(英文)',
}
