import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

import { contentSecurityPolicy } from './policy.mjs'

export default defineConfig({
  // Relative addresses: the folder works from any path.
  base: './',
  build: {
    target: 'es2022',
    // Inline data: would be against the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  preview: { headers: { 'Content-Security-Policy': contentSecurityPolicy } },
  plugins: [
    {
      name: 'content-security-policy',
      transformIndexHtml: (html) => html.replace('%POLICY%', contentSecurityPolicy),
      apply: 'build',
    },
    VitePWA({
      // The page registers it itself: an inline script would be against the policy.
      injectRegister: false,
      registerType: 'autoUpdate',
      manifest: {
        name: 'Stowage playground',
        short_name: 'Stowage',
        description: 'Decides where every buffer of a model lives in memory.',
        start_url: './',
        scope: './',
        display: 'standalone',
        background_color: '#ffffff',
        theme_color: '#1b4b66',
        icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' }],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,wasm,svg,csv,webmanifest}'],
        inlineWorkboxRuntime: true,
        // The first visit is enough to work without a network.
        clientsClaim: true,
        skipWaiting: true,
        sourcemap: false,
      },
    }),
  ],
})
