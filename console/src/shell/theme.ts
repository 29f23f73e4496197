import { ref, watchEffect } from 'vue'

const KEPT = 'theme'

/** Dark or light: as chosen here before, else as the system has it. */
export const isDark = ref(
  (localStorage.getItem(KEPT) ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark',
)

export function switchTheme(): void {
  isDark.value = !isDark.value
  localStorage.setItem(KEPT, isDark.value ? 'dark' : 'light')
}

watchEffect(() => document.documentElement.classList.toggle('dark', isDark.value))
