import { toolPath } from './tool-path.mjs'

/** What programs can check of the sources, beside the tests. */
export function checkStages() {
  return /** @satisfies {Record<string, import('./stage.mjs').Stage>} */ ({
    biome: { name: 'biome', commands: [[toolPath('biome'), 'ci', '--colors=off']] },
    // Next writes the types of the routes and of imported style sheets.
    types: {
      name: 'types',
      commands: [
        [toolPath('next'), 'typegen'],
        [toolPath('tsc'), '--noEmit'],
      ],
    },
    knip: { name: 'knip', commands: [[toolPath('knip'), '--no-progress']] },
  })
}
