import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The gateway that `npm run dev` talks to. */
const gateway = 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  build: {
    target: 'es2023',
    // Inlined assets would need `data:` in more of the content security policy than it allows.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // Contracts are declarations: of them the page carries the few it uses, and not zod.
      treeshake: { moduleSideEffects: id => !id.includes('/libs/contracts/') },
    },
  },
  server: {
    proxy: { '/api': gateway, '/ws': { target: gateway, ws: true } },
  },
})
