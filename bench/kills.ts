import { stormOfKills } from '#e2e/integration/kill-storm.ts'
import type { Measurement } from './report.ts'

const KILLS = 50
const SEED = 20_26

/** Fifty kills (-9) of server and engine in turn, at random moments with eight jobs of every kind in flight. */
export async function benchKills(): Promise<Measurement[]> {
  const { kills, runs, jobs, endings, fewestInFlight, faults } = await stormOfKills({
    kills: KILLS,
    seed: SEED,
  })
  for (const fault of faults) process.stderr.write(`${fault}\n`)
  const told = Object.entries(endings)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, count]) => `${count} ${name}`)
  return [
    {
      what: `${kills.server} kills of the server and ${kills.engine} of the engine, ${runs} runs with ${jobs} jobs`,
      value: told.join(', '),
    },
    { what: 'jobs in flight at a kill, fewest', value: String(fewestInFlight) },
    {
      what: 'jobs lost or doubled, images blamed; containers, networks, volumes and images left behind',
      value: String(faults.length),
      bound: '0',
      holds: faults.length === 0,
    },
  ]
}
