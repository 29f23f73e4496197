import { BarChart, CustomChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { onBeforeUnmount, onMounted, watchEffect, type Ref } from 'vue'
import { isDark } from '../../shell/theme'

/** A picture in a frame that follows its size, the theme and what it is drawn of. */

use([BarChart, CustomChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

const LOOKS = {
  day: { bar: '#0b57a4', other: '#8a4b00', words: '#5c6066', lines: '#dcdfe6', interval: '#1c1e21' },
  night: { bar: '#8ec5ff', other: '#ffb870', words: '#b3b7bd', lines: '#414243', interval: '#f2f3f5' },
}
export type Looks = (typeof LOOKS)['day']

export function useChart(frame: Readonly<Ref<HTMLElement | null>>, optionOf: (looks: Looks) => EChartsCoreOption): void {
  let chart: ECharts | undefined
  const size = new ResizeObserver(() => chart?.resize())
  onMounted(() => {
    if (!frame.value) return
    const { fontFamily } = getComputedStyle(frame.value)
    chart = init(frame.value, null, { renderer: 'svg' })
    size.observe(frame.value)
    watchEffect(() => {
      const option = optionOf(isDark.value ? LOOKS.night : LOOKS.day)
      chart?.setOption({ animation: false, textStyle: { fontFamily }, ...option }, { notMerge: true })
    })
  })
  onBeforeUnmount(() => {
    size.disconnect()
    chart?.dispose()
  })
}
