export const texts = {
  title: '待读的短信回复',
  hint: '车主回了短信,但既不是退订,也不是问卷答案:请有人读一读,回电或处理后记为已处理。',
  open: '待处理',
  seen: '已处理',
  unknown: '号码不在车主名下',
  we: '我们 {at} 发出',
  note: '怎么处理的(可不填)',
  done: '已处理',
  seen_by: '{who} {at} 处理',
  none: '没有等人读的短信',
  shown: '已显示 {n} 条',
}
