import { registerBadge } from './badge.ts'
import { registerBinaries } from './binaries.ts'
import { registerCat } from './cat.ts'
import { registerCompare } from './compare.ts'
import { registerDiff } from './diff.ts'
import { registerEngines } from './engines.ts'
import { registerFiles } from './files.ts'
import { registerHistory } from './history.ts'
import { registerInspect } from './inspect.ts'
import { registerMatrix } from './matrix.ts'
import { registerPackages } from './packages.ts'
import { createProgram, runProgram } from './program.ts'
import { registerServe } from './serve.ts'
import { registerTags } from './tags.ts'
import { registerValidate } from './validate.ts'

const program = createProgram()
registerTags(program)
registerInspect(program)
registerFiles(program)
registerCat(program)
registerPackages(program)
registerBinaries(program)
registerCompare(program)
registerHistory(program)
registerBadge(program)
registerDiff(program)
registerMatrix(program)
registerValidate(program)
registerEngines(program)
registerServe(program)

const exitCode = await runProgram(program, process.argv)
// What is written to a pipe is on its way only: leave when it has gone.
process.stdout.write('', () => process.exit(exitCode))
