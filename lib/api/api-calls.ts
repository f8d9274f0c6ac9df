import { z } from 'zod'
import { REPORT_FORMAT_NAMES, REPORT_FORMATS } from '#lib/report/render/format-list.ts'
import type { ApiCall } from './api-call.ts'
import { binariesQuery, binariesResponse } from './binaries.ts'
import { diffQuery, diffResponse } from './diff.ts'
import { fileDiffQuery, fileDiffResponse } from './diff-file.ts'
import { enginesResponse, probeRequest } from './engines.ts'
import { fileQuery, fileResponse } from './file.ts'
import { filesQuery, filesResponse } from './files.ts'
import { healthResponse } from './health.ts'
import { HISTORY_CALLS } from './history-calls.ts'
import { imageQuery, imageResponse, manifestQuery } from './image.ts'
import { matrixQuery, matrixResponse } from './matrix.ts'
import { packagesQuery, packagesResponse } from './packages.ts'
import { comparisonQuery, comparisonResponse } from './report-comparison.ts'
import { reportDto, sharesResponse } from './reports.ts'
import { repositoriesResponse, repositoryUpdate } from './repositories.ts'
import { RUN_CALLS, runParts } from './run-calls.ts'
import { tagDetailsQuery, tagDetailsResponse, tagEventsQuery, tagsQuery, tagsResponse } from './tags.ts'

/** Ends of addresses under which a report is a document. */
const extension = z.enum(REPORT_FORMAT_NAMES.map((name) => REPORT_FORMATS[name].extension))
const document = {
  mediaType: '*/*',
  description: 'The document, environment values masked, with its own media type',
}
const tokenParts = z.object({ token: z.string().describe('of the link') })

/** Every call there is. */
export const API_CALLS: readonly ApiCall[] = [
  {
    method: 'get',
    path: '/api/v1/tags',
    id: 'listTags',
    summary: 'A page of a repository’s tags, each resolved to digest, kind and platforms',
    query: tagsQuery,
    answer: tagsResponse,
  },
  {
    method: 'get',
    path: '/api/v1/tags/details',
    id: 'detailTags',
    summary: 'Sizes and times of a few tags; tries failed rows again',
    query: tagDetailsQuery,
    answer: tagDetailsResponse,
  },
  {
    method: 'get',
    path: '/api/v1/tags/events',
    id: 'watchTags',
    summary: 'Rows and summaries as they resolve: events rows, summary, done, problem',
    query: tagEventsQuery,
    answer: { mediaType: 'text/event-stream', description: 'Server-sent events' },
  },
  {
    method: 'get',
    path: '/api/v1/images',
    id: 'inspectImage',
    summary: 'An image with every platform, attestations, referrers and findings',
    query: imageQuery,
    answer: imageResponse,
  },
  {
    method: 'get',
    path: '/api/v1/images/manifest',
    id: 'getManifest',
    summary: 'The exact bytes of a manifest',
    query: manifestQuery,
    answer: { mediaType: '*/*', description: 'The manifest, verified, with its own media type' },
  },
  {
    method: 'get',
    path: '/api/v1/images/files',
    id: 'listFiles',
    summary: 'The merged file system of one platform, in path order',
    query: filesQuery,
    tellsProgress: true,
    answer: filesResponse,
  },
  {
    method: 'get',
    path: '/api/v1/images/file',
    id: 'readFile',
    summary: 'One path of one platform, with the content of a text file of up to 256 KiB',
    query: fileQuery,
    answer: fileResponse,
  },
  {
    method: 'get',
    path: '/api/v1/images/packages',
    id: 'listPackages',
    summary: 'Installed packages of one platform: dpkg, apk, rpm, Python, npm, Go',
    query: packagesQuery,
    tellsProgress: true,
    answer: packagesResponse,
  },
  {
    method: 'get',
    path: '/api/v1/images/binaries',
    id: 'listBinaries',
    summary: 'Programs and libraries of one platform, and what each is for',
    query: binariesQuery,
    tellsProgress: true,
    answer: binariesResponse,
  },
  {
    method: 'get',
    path: '/api/v1/diff',
    id: 'diff',
    summary: 'What differs between two platforms, between two references, or in what two indexes cover',
    query: diffQuery,
    tellsProgress: true,
    answer: diffResponse,
  },
  {
    method: 'get',
    path: '/api/v1/matrix',
    id: 'matrix',
    summary: 'All platforms of an index at once: which agree on each package and each setting',
    query: matrixQuery,
    tellsProgress: true,
    answer: matrixResponse,
  },
  {
    method: 'get',
    path: '/api/v1/diff/file',
    id: 'diffFile',
    summary: 'One path on both sides of a comparison; of text files of up to 256 KiB a unified diff',
    query: fileDiffQuery,
    tellsProgress: true,
    answer: fileDiffResponse,
  },
  {
    method: 'get',
    path: '/api/v1/repositories',
    id: 'listRepositories',
    summary: 'Pinned and recently opened repositories',
    answer: repositoriesResponse,
  },
  {
    method: 'put',
    path: '/api/v1/repositories',
    id: 'updateRepository',
    summary: 'Pin, unpin or forget a repository',
    body: repositoryUpdate,
    answer: repositoriesResponse,
  },
  {
    method: 'get',
    path: '/api/v1/engines',
    id: 'listEngines',
    summary: 'The engines, and what each was found able to run; waits a few seconds for those not asked yet',
    answer: enginesResponse,
  },
  {
    method: 'post',
    path: '/api/v1/engines/probe',
    id: 'probeEngines',
    summary: 'Runs the sample on one engine, or on all, to find out anew what it can run',
    body: probeRequest,
    answer: enginesResponse,
  },
  ...RUN_CALLS,
  {
    method: 'get',
    path: '/api/v1/reports/{id}',
    id: 'getReport',
    summary: 'What a finished run leaves, for ever the same; as {id}.json a file',
    pathParts: runParts,
    answer: reportDto,
  },
  {
    method: 'get',
    path: '/api/v1/reports/{id}.{extension}',
    id: 'getReportDocument',
    summary: 'The report as JUnit XML, SARIF, CTRF, Markdown, HTML or in-toto statements',
    pathParts: runParts.extend({ extension }),
    answer: document,
  },
  {
    method: 'get',
    path: '/api/v1/reports/compare',
    id: 'compareReports',
    summary: 'What got better, worse, new and gone between two reports, and what differs beside the image',
    query: comparisonQuery,
    answer: comparisonResponse,
  },
  ...HISTORY_CALLS,
  {
    method: 'get',
    path: '/api/v1/reports/{id}/shares',
    id: 'listShares',
    summary: 'The links by which anyone sees a report',
    pathParts: runParts,
    answer: sharesResponse,
  },
  {
    method: 'post',
    path: '/api/v1/reports/{id}/shares',
    id: 'createShare',
    summary: 'Makes such a link; answers all of the report',
    pathParts: runParts,
    answer: sharesResponse,
    status: 201,
  },
  {
    method: 'get',
    path: '/api/v1/shares/{token}',
    id: 'getSharedReport',
    summary: 'The report that a link leads to, environment values masked',
    pathParts: tokenParts,
    answer: reportDto,
  },
  {
    method: 'get',
    path: '/api/v1/shares/{token}.{extension}',
    id: 'getSharedDocument',
    summary: 'The same documents of the report that a link leads to',
    pathParts: tokenParts.extend({ extension }),
    answer: document,
  },
  {
    method: 'delete',
    path: '/api/v1/shares/{token}',
    id: 'revokeShare',
    summary: 'Ends a link for good; answers those of its report that are left',
    pathParts: tokenParts,
    answer: sharesResponse,
  },
  {
    method: 'get',
    path: '/api/report.schema.json',
    id: 'reportSchema',
    summary: 'The JSON Schema of reports',
    answer: { mediaType: 'application/schema+json', description: 'JSON Schema 2020-12' },
  },
  {
    method: 'get',
    path: '/api/health',
    id: 'health',
    summary: 'Whether the server is up',
    answer: healthResponse,
  },
]
