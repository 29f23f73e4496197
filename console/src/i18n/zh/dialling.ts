import type { Machine, Mode } from '../../outbound/dialling/wire'
import type { Standing } from '../../outbound/dialling/picture'

const mode: Record<Mode, string> = { preview: '预览', progressive: '逐一', predictive: '预测' }

const meaning: Record<Mode, string> = {
  preview: '坐席先看车主资料,准备好了自己按拨号。最从容,适合投诉回访和重要车主。',
  progressive: '有一位坐席空闲,才拨一通电话。车主接起就有人说话。',
  predictive: '算准谁快要讲完、多少人会接,提前多拨几通。坐席等得少,但偶尔有车主接起时没有坐席——这个比例不会超过下面的预算。',
}

const now: Record<Mode, string> = { preview: '坐席自己拨号', progressive: '正在逐一拨号', predictive: '正在提前拨号' }

const because: Record<Standing, string> = {
  by_hand: '坐席看过资料后自己拨号,系统不代拨。',
  asked_for: '按设置:有一位空闲坐席才拨一通。',
  small_group: '在岗坐席太少,提前拨号等于赌运气,所以逐一拨号。',
  rate_unsure: '还不清楚多少人会接,先逐一拨号。',
  no_margin: '再多一通没人接待的电话就会超出预算,所以逐一拨号。',
  budget_spent: '预算已经用完:坐席先接通,再拨车主,接起的车主不会没有人接待。',
  no_voice: '没有语音可以告诉车主是谁来电:坐席先接通,再拨车主。',
  look_ahead: '按接通率和坐席忙闲,在预算之内提前拨号。',
  inbound_waits: '热线来电已经等了几秒:外呼暂停,坐席先接来电。来电接完会自动继续。',
  not_looked_at: '拨号程序现在没有照看这个活动:活动没有在进行,或者热线交换机没有运行。',
}

const machine: Record<Machine, string> = { not_asked: '不识别,都当真人', hang_up: '识别后挂断', leave_message: '识别后留言' }

export const dialling = {
  ...{ mode, meaning, now, because, machine },
  title: '怎样拨号',
  picture: '此刻的外呼',
  every: '每两秒更新',
  mode_label: '拨号方式',
  by_plan: '还没有人设置,按计划里的拨号方式进行。',
  set: '计划里是“{planned}”,现在按这里的设置进行;活动进行中也可以改,下一秒生效。',
  group: '由哪一组坐席接听',
  cap: '无坐席预算(%)',
  cap_hint: '24 小时内,接起电话却没有等到坐席的车主最多占多少。本活动规则包的上限是 {ceiling} %。',
  machine_label: '遇到语音信箱',
  small: '坐席不足 {least} 位时,自动改为逐一拨号。',
  small_now: '这一组现在在岗 {n} 位,不足 {least} 位:会按逐一拨号进行。',
  conflict: '同事刚刚改了同样的内容。',
  save: '保存设置',
  unsaved: '有未保存的修改',
  saved: '已保存',
  held: '来电优先:{n} 通来电在等,外呼已暂停',
  agents: { title: '坐席', free: '空闲', talking: '通话', writing: '整理' },
  lines: { title: '线路', covered: '振铃', ahead: '提前拨出', waiting: '接起,等坐席', looked: '正在看资料' },
  budget: {
    title: '无坐席预算({hours} 小时)',
    none: '还没有车主接起。预算 {cap} %。',
    told: '{answered} 人接起,{abandoned} 人没有等到坐席,占 {share} %;预算 {cap} %,还可以有 {left} 人。',
    over: '{answered} 人接起,{abandoned} 人没有等到坐席,占 {share} %,已超过预算 {cap} %。',
  },
  rate: { title: '接通率', told: '大约 {mean} %(有把握的范围 {low}–{high} %)' },
  minutes: {
    since: '最近 {seconds} 秒',
    ringing: '振铃',
    most: '最高 {n}',
    told: '最近 {seconds} 秒:现在空闲 {free},通话 {talking},整理 {writing},振铃 {ringing}',
  },
}
