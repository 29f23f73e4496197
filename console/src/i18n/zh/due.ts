export const due = {
  title: '到期保养',
  hint: '按每辆车自己的行驶和习惯推算;已不在用的车不在其中。',
  none: '这几周没有到期的车。',
  others: '其他地区',
  unknown: '地区不明',
  week: '周一',
  booked: '已预约',
  chart: '今后 {weeks} 周共 {all} 辆车到期,按地区;数字见下表',
}
