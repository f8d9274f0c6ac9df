import { jobText } from '#lib/report/job-text.ts'
import type { EmitRunEvent } from '#lib/service/run/run-events.ts'
import { safeText } from './table.ts'

/**
 * A run told line by line, where there is no terminal to draw on: each phase once, and every whole line that a program
 * writes, named by its platform.
 */
export function plainLines(write: (line: string) => void): EmitRunEvent {
  const begun = new Map<string, string>()
  const say = (platform: string, text: string) => write(`${platform}: ${safeText(text)}`)
  const flush = (platform: string) => {
    for (const [key, rest] of begun) {
      if (!key.startsWith(`${platform} `) || rest === '') continue
      write(`${platform} | ${safeText(rest)}`)
      begun.delete(key)
    }
  }
  return (event) => {
    switch (event.type) {
      case 'phase': {
        if (event.phase === 'cleaning-up') return flush(event.platform)
        if (event.phase === 'finished') return
        const where = event.mode && event.engine ? ` (${event.mode}, ${event.engine})` : ''
        return say(
          event.platform,
          `${event.phase}${where}${event.attempt ? `, attempt ${event.attempt}` : ''}`,
        )
      }
      case 'output': {
        const key = `${event.platform} ${event.stream}`
        const lines = ((begun.get(key) ?? '') + event.text).split('\n')
        begun.set(key, lines.pop() ?? '')
        for (const line of lines) write(`${event.platform} | ${safeText(line.replace(/\r$/, ''))}`)
        return
      }
      case 'job': {
        const { platform, verdict } = event.job
        if (verdict) say(platform, `${verdict}. ${jobText(event.job) ?? ''}`)
        return
      }
      case 'planned':
      case 'progress':
      case 'finished':
        return
    }
  }
}
