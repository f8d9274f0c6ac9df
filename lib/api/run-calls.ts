import { z } from 'zod'
import type { ApiCall } from './api-call.ts'
import { awaitedResults, remoteResult, resultTaken } from './remote-results.ts'
import { runOutputDto, runOutputQuery } from './run-output.ts'
import { runAccepted, runDto, runRequest, runsQuery, runsResponse } from './runs.ts'

/** The part of a path that names a run, and its report. */
export const runParts = z.object({ id: z.string().describe('of the run') })

/** The calls about runs. */
export const RUN_CALLS: readonly ApiCall[] = [
  {
    method: 'get',
    path: '/api/v1/runs',
    id: 'listRuns',
    summary: 'A page of runs, newest first',
    query: runsQuery,
    answer: runsResponse,
  },
  {
    method: 'post',
    path: '/api/v1/runs',
    id: 'startRun',
    summary:
      'Validates an image: pins it, then runs every platform of it. Answers once that is planned and kept',
    body: runRequest,
    answer: runAccepted,
    status: 202,
  },
  {
    method: 'get',
    path: '/api/v1/runs/{id}',
    id: 'getRun',
    summary: 'A run as it is now',
    pathParts: runParts,
    answer: runDto,
  },
  {
    method: 'get',
    path: '/api/v1/runs/{id}/events',
    id: 'watchRun',
    summary:
      'A run as it goes on: events snapshot, phase, progress, output, job, finished, problem; Last-Event-ID resumes',
    pathParts: runParts,
    answer: { mediaType: 'text/event-stream', description: 'Server-sent events' },
  },
  {
    method: 'get',
    path: '/api/v1/runs/{id}/output',
    id: 'getRunOutput',
    summary: 'All that is kept of what one platform wrote, while it runs too; `cursor` asks for what is new',
    pathParts: runParts,
    query: runOutputQuery,
    answer: runOutputDto,
  },
  {
    method: 'post',
    path: '/api/v1/runs/{id}/cancel',
    id: 'cancelRun',
    summary: 'Ends a run within two seconds; one that is over stays as it is',
    pathParts: runParts,
    answer: runDto,
  },
  {
    method: 'get',
    path: '/api/v1/runs/{id}/results',
    id: 'getAwaitedResults',
    summary: 'What a run waits for from elsewhere; signed with its key, as archway validate --submit does',
    pathParts: runParts,
    answer: awaitedResults,
  },
  {
    method: 'post',
    path: '/api/v1/runs/{id}/results',
    id: 'submitResult',
    summary: 'Takes the result of one platform that was run elsewhere, once; signed with the key of the run',
    pathParts: runParts,
    body: remoteResult,
    answer: resultTaken,
    status: 201,
  },
]
