import { createProgram, runProgram } from './program.ts'
import { registerServe } from './serve.ts'

const program = createProgram()
registerServe(program)

process.exit(await runProgram(program, process.argv))
