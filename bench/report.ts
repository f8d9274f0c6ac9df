import { execFileSync } from 'node:child_process'
import os from 'node:os'

/** One line of the results. With a bound, `holds` says whether it is kept. */
export interface Measurement {
  readonly what: string
  readonly value: string
  readonly bound?: string
  readonly holds?: boolean
}

/** A heading and what was measured under it. */
export interface Section {
  readonly title: string
  readonly measurements: readonly Measurement[]
}

const HEAD = `# Results of \`npm run bench\`

Written by \`bench/main.ts\`. What stands under one heading was measured in one run, on the machine and the day named there.
`

/** The file with the sections just measured in the place of their older ones; the others stay. In the order of titles. */
export function updateResults(file: string, measured: readonly Section[], titles: readonly string[]): string {
  const texts = new Map(file.split(/^(?=## )/m).map((text) => [/^## (.*)/.exec(text)?.[1] ?? '', text]))
  for (const section of measured) texts.set(section.title, renderSection(section))
  const kept = titles.map((title) => texts.get(title)).filter((text) => text !== undefined)
  return [HEAD, ...kept.map((text) => `${text.trimEnd()}\n`)].join('\n')
}

/** A section as Markdown, with machine and versions. */
export function renderSection({ title, measurements }: Section): string {
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown CPU'
  const lines = [
    `## ${title}`,
    '',
    `${new Date().toISOString().slice(0, 10)}: ${os.cpus().length} × ${cpu}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release().split('-')[0]} ${os.arch()}; Node ${process.versions.node}, docker-registry ${version('docker-registry', '--version')}, skopeo ${version('skopeo', '--version')}, Docker ${version('dockerd', '--version')} with its command line ${version('docker', '--version')}; load when it was over ${os.loadavg()[0]?.toFixed(1)}.`,
    '',
    '| what | measured | bound | holds |',
    '|---|---:|---|---|',
  ]
  for (const { what, value, bound, holds } of measurements) {
    lines.push(
      `| ${what} | ${value} | ${bound ?? ''} | ${holds === undefined ? '' : holds ? 'yes' : '**no**'} |`,
    )
  }
  return `${lines.join('\n')}\n`
}

function version(command: string, flag: string): string {
  const text = execFileSync(command, [flag], { encoding: 'utf8' })
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0] ?? 'unknown'
}
