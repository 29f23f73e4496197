export const results = {
  title: '有没有用',
  within: '每人从入选起 {days} 天内;其中 {settled} 人期限已满。无论是否联系上,都按分组计。',
  unlike: '两组在活动之前就不一样,差别未必来自活动。',
  treated: '联系组',
  held_out: '对照组',
  held_out_of_all: '总对照组',
  cost: '每多一次花费 {value} 元({low} 至 {high})。',
  cost_open: '每多一次花费 {value} 元(至少 {low},上限说不准)。',
  effect: { booked: '预约', came_back: '回店', satisfied: '满意', complained: '投诉' },
}
