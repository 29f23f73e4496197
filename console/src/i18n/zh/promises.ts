/** Calls that owners were promised and have not had. */
export const promises = {
  title: '答应了车主、还没打成的回电',
  for: '约定',
  by: '{who} 答应的',
  by_key: '车主在自动电话里按键要求的',
  his: '等 {who} 来打',
  anybodys: '全组都可以打',
  note: '怎么处理的?',
  done: '已处理',
  again: '再安排一次',
  again_hint: '由全组中的任意坐席在允许的时间尽快打给他',
  reason: { not_reached: '打了三次都没有接通', expired: '过了期限没有人打', line_lost: '线路中断,不知是否打通', claimer_died: '打的中途断了,不知是否打通', wrong_number: '号码有误', silent: '之后要求免打扰', refused: '之后拒绝了这类联系' },
}
