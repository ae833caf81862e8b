import './theme/fonts.css'
import './theme/tokens.css'
import './theme/mantine.css'
import './theme/base.css'

import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeQueryClient } from './api/query-client'
import { makeRouter } from './routes'
import { cspNonce, installNonce } from './theme/nonce'
import { paintScheme, schemeStorageKey } from './theme/scheme'
import { cssVariablesResolver, theme } from './theme/theme'

installNonce()
paintScheme()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const queries = makeQueryClient()
const router = makeRouter(queries)
const schemes = localStorageColorSchemeManager({ key: schemeStorageKey })

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
      getStyleNonce={cspNonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
