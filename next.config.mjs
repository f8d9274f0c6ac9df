import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js'

/**
 * Everything comes from Archway itself. Next's own inline scripts change with every build, hence 'unsafe-inline';
 * React's development build needs eval.
 * @param {boolean} isDevelopment
 */
function contentSecurityPolicy(isDevelopment) {
  return [
    `default-src 'self'`,
    `img-src 'self' data:`,
    `style-src 'self' 'unsafe-inline'`,
    `script-src 'self' 'unsafe-inline'${isDevelopment ? ` 'unsafe-eval'` : ''}`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
  ].join('; ')
}

/** The address of a shared report is its key: it goes to nobody, and no search engine keeps it. */
const SHARED_HEADERS = [
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'X-Robots-Tag', value: 'noindex, nofollow, noarchive' },
]

/**
 * Of pages that are documents of a report: they hold foreign text and come from Archway's own origin. They are escaped
 * and allow nothing themselves; in a sandbox even what got past that would have none of this origin's rights.
 */
const DOCUMENT_POLICY = [
  'sandbox',
  `default-src 'none'`,
  `style-src 'unsafe-inline'`,
  `frame-ancestors 'none'`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ')

/**
 * @param {string} phase
 * @returns {import('next').NextConfig}
 */
export default function nextConfig(phase) {
  const headers = [
    { key: 'Content-Security-Policy', value: contentSecurityPolicy(phase === PHASE_DEVELOPMENT_SERVER) },
    { key: 'X-Content-Type-Options', value: 'nosniff' },
    { key: 'Referrer-Policy', value: 'same-origin' },
  ]
  return {
    poweredByHeader: false,
    reactStrictMode: true,
    agentRules: false,
    // Types are checked once, by `npm run check`.
    typescript: { ignoreBuildErrors: true },
    // A lock file in a folder above must not move the root.
    turbopack: { root: import.meta.dirname },
    // Large and used on the server alone: loaded by Node as they are instead of copied into every bundle.
    serverExternalPackages: ['undici', 'kysely'],
    // Title and description are in the head from the start, for every program that looks a link up, not only known ones.
    htmlLimitedBots: /.*/,
    headers: async () => [
      { source: '/:path*', headers },
      { source: '/share/:token', headers: SHARED_HEADERS },
      // Here and not in the route: of two that name a header, this file's counts.
      {
        source: '/api/v1/:kind(reports|shares)/:file(.+\\.html)',
        headers: [{ key: 'Content-Security-Policy', value: DOCUMENT_POLICY }],
      },
      {
        source: '/api/v1/badge',
        headers: [{ key: 'Content-Security-Policy', value: DOCUMENT_POLICY }],
      },
    ],
  }
}
