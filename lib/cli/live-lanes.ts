import { styleText } from 'node:util'
import { jobText } from '#lib/report/job-text.ts'
import type { EmitRunEvent } from '#lib/service/run/run-events.ts'
import { type Lane, type Lanes, nextLanes } from './lane.ts'
import { safeText } from './table.ts'
import { verdictWord } from './verdict-word.ts'

/** Drawing more often than this only costs time. */
const REDRAW_MS = 80
const CLEAR_LINE = '\u001b[2K'

/** One line a platform, drawn over and over at the end of a terminal. */
export class LiveLanes {
  private lanes: Lanes = []
  private drawn = 0
  private timer: NodeJS.Timeout | undefined
  private readonly stream: NodeJS.WriteStream

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream
  }

  /** Takes an event; the terminal follows within a moment. */
  readonly emit: EmitRunEvent = (event) => {
    this.lanes = nextLanes(this.lanes, event)
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.draw()
    }, REDRAW_MS)
  }

  /** Wipes the lanes: what is printed next takes their place. */
  end(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.drawn > 0) this.stream.write(`\u001b[${this.drawn}A\u001b[0J`)
    this.drawn = 0
  }

  private draw(): void {
    const up = this.drawn > 0 ? `\u001b[${this.drawn}A` : ''
    const width = Math.max(...this.lanes.map((lane) => lane.platform.length), 0)
    const lines = this.lanes.map((lane) => `${CLEAR_LINE}${this.line(lane, width)}\n`)
    this.stream.write(`${up}${lines.join('')}`)
    this.drawn = this.lanes.length
  }

  /** Cut to the terminal's width: a line that wraps would break the drawing. */
  private line(lane: Lane, width: number): string {
    const { platform, phase, where, progress, lastLine, job } = lane
    const name = safeText(platform).padEnd(width)
    const word = (job?.verdict ?? phase).padEnd(12)
    const detail = job ? `${where}  ${jobText(job) ?? ''}` : progress || lastLine.trimEnd() || where
    const room = (this.stream.columns || 80) - width - 17
    const text = safeText(detail).slice(0, Math.max(room, 0))
    return `${name}  ${verdictWord(word, job?.verdict, this.stream)}  ${styleText('gray', text, { stream: this.stream })}`
  }
}
