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

/** The results as Markdown, with machine and versions. */
export function renderResults(sections: readonly Section[]): string {
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown CPU'
  const lines = [
    '# Results of `npm run bench`',
    '',
    'Written by `bench/main.ts`; everything was measured in one run on one machine.',
    '',
    `- ${os.cpus().length} × ${cpu}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release().split('-')[0]} ${os.arch()}`,
    `- Node ${process.versions.node}, docker-registry ${version('docker-registry', '--version')}, skopeo ${version('skopeo', '--version')}, Docker ${version('dockerd', '--version')} with its command line ${version('docker', '--version')}`,
    `- ${new Date().toISOString().slice(0, 10)}`,
  ]
  for (const { title, measurements } of sections) {
    lines.push('', `## ${title}`, '', '| what | measured | bound | holds |', '|---|---:|---|---|')
    for (const { what, value, bound, holds } of measurements) {
      lines.push(
        `| ${what} | ${value} | ${bound ?? ''} | ${holds === undefined ? '' : holds ? 'yes' : '**no**'} |`,
      )
    }
  }
  return `${lines.join('\n')}\n`
}

function version(command: string, flag: string): string {
  const text = execFileSync(command, [flag], { encoding: 'utf8' })
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0] ?? 'unknown'
}
