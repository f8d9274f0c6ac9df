import { ensureBuilt } from './build.mjs'
import { run } from './child.mjs'
import { ensureInstalled } from './install.mjs'
import { findNode } from './node-26.mjs'
import { inProject, projectRoot } from './place.mjs'
import { runToExit } from './refusal.mjs'
import { toolPath } from './tool-path.mjs'

// `node lib/launch/tool.mjs [--build] TOOL|FILE.ts ARGS…`: runs a development tool, or a script of ours, under the
// right Node, with the dependencies installed and, if asked, the dashboard built.
await runToExit(async () => {
  const [first = '', ...rest] = process.argv.slice(2)
  const wantsBuild = first === '--build'
  const [tool = '', ...args] = wantsBuild ? rest : [first, ...rest]
  await ensureInstalled()
  const node = findNode()
  if (wantsBuild) await ensureBuilt(node)
  const script = tool.endsWith('.ts') ? inProject(tool) : toolPath(tool)
  return run(node, [script, ...args], {
    cwd: projectRoot,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  })
})
