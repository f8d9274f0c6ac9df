import { registerInspect } from './inspect.ts'
import { createProgram, runProgram } from './program.ts'
import { registerServe } from './serve.ts'
import { registerTags } from './tags.ts'

const program = createProgram()
registerTags(program)
registerInspect(program)
registerServe(program)

process.exit(await runProgram(program, process.argv))
