import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import type { ReactNode } from 'react'
import { HeaderChoice } from '#components/shell/header-choice.tsx'
import { Providers } from '#components/shell/providers.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import './globals.css'

const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  variable: '--font-inter',
  weight: '100 900',
  display: 'swap',
})

const jetbrains = localFont({
  src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  variable: '--font-jetbrains',
  weight: '100 800',
  display: 'swap',
  adjustFontFallback: false,
})

export const metadata: Metadata = {
  title: { default: 'Archway', template: '%s · Archway' },
  description: 'Shows, proves and shares that a container image really runs on every architecture it claims.',
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#1a1a18' },
  ],
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${inter.variable} ${jetbrains.variable}`} suppressHydrationWarning>
      <body>
        <a
          href="#content"
          className="sr-only rounded-control bg-ink px-3 py-2 text-page focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
        >
          Skip to the content
        </a>
        <Providers>
          <HeaderChoice>
            <SiteHeader />
          </HeaderChoice>
          <main
            id="content"
            tabIndex={-1}
            className="mx-auto max-w-[1180px] px-6 pt-7 pb-16 outline-none max-sm:px-3.5 max-sm:pt-5 print:max-w-none print:p-0"
          >
            {children}
          </main>
        </Providers>
      </body>
    </html>
  )
}
