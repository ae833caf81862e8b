import { useMantineColorScheme } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  IconBooks,
  IconListCheck,
  IconKey,
  IconKeyboard,
  IconLayoutSidebar,
  IconLogout,
  IconMoon,
  IconPlugConnected,
  IconSearch,
  IconShieldLock,
  IconUser,
  IconUsers,
} from '@tabler/icons-react'
import type { Command } from '../actions/commands'
import { useCommands } from '../actions/commands'
import { api } from '../api/client'
import { stopLive } from '../api/live'
import { sessionQuery } from '../api/queries'
import { shellTexts as texts } from '../texts/shell'
import { currentToast, undoToast } from '../ui/toasts'
import { useWidth } from '../ui/useWidth'
import { openOverlay } from './overlays'
import { toggleSidebar } from './sidebar-state'

/** Commands that are there on every page of somebody signed in. */
export function useShellCommands(): void {
  const { data: session } = useQuery(sessionQuery())
  const everywhere = useEverywhere()
  const places = usePlaces(session?.user.role === 'admin')
  useCommands([...everywhere, ...places])
}

function useEverywhere(): Command[] {
  const { setColorScheme } = useMantineColorScheme()
  const width = useWidth()
  const signOut = useSignOut()
  const showSidebar = () => (width === 'wide' ? toggleSidebar() : openOverlay('drawer'))
  return [
    {
      id: 'everywhere.palette',
      label: texts.searchAndCommands,
      group: 'everywhere',
      shortcut: 'Mod+K',
      icon: IconSearch,
      perform: () => openOverlay('palette'),
    },
    {
      id: 'everywhere.shortcuts',
      label: texts.shortcuts,
      group: 'everywhere',
      shortcut: '?',
      icon: IconKeyboard,
      perform: () => openOverlay('shortcuts'),
    },
    {
      id: 'everywhere.sidebar',
      label: texts.toggleSidebar,
      group: 'everywhere',
      shortcut: '[',
      icon: IconLayoutSidebar,
      perform: showSidebar,
    },
    {
      id: 'everywhere.undo',
      label: texts.undo,
      group: 'everywhere',
      shortcut: 'Mod+Z',
      isEnabled: () => (currentToast()?.undo === undefined ? { because: 'There is nothing to undo' } : true),
      perform: () => void undoToast(),
    },
    {
      id: 'everywhere.scheme',
      label: texts.toggleScheme,
      group: 'everywhere',
      shortcut: 'Shift+L',
      icon: IconMoon,
      perform: () => setColorScheme(document.documentElement.dataset.mantineColorScheme === 'dark' ? 'light' : 'dark'),
    },
    {
      id: 'everywhere.sign-out',
      label: texts.signOut,
      group: 'everywhere',
      icon: IconLogout,
      perform: signOut,
    },
  ]
}

function useSignOut(): () => void {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return () => {
    void api.DELETE('/session').finally(async () => {
      stopLive()
      queries.clear()
      await navigate({ to: '/sign-in' })
    })
  }
}

function usePlaces(isAdmin: boolean): Command[] {
  const navigate = useNavigate()
  const mine: Command[] = [
    {
      id: 'go.library',
      label: texts.goLibrary,
      group: 'everywhere',
      shortcut: 'G L',
      icon: IconBooks,
      perform: () => void navigate({ to: '/' }),
    },
    {
      id: 'go.search',
      label: texts.goSearch,
      group: 'everywhere',
      shortcut: 'G S',
      icon: IconSearch,
      perform: () => void navigate({ to: '/search' }),
    },
    {
      id: 'go.profile',
      label: texts.goProfile,
      group: 'go',
      icon: IconUser,
      keywords: 'settings account theme',
      perform: () => void navigate({ to: '/account' }),
    },
    {
      id: 'go.security',
      label: texts.goSecurity,
      group: 'go',
      icon: IconShieldLock,
      keywords: 'settings password sessions',
      perform: () => void navigate({ to: '/account/security' }),
    },
    {
      id: 'go.tokens',
      label: texts.goTokens,
      group: 'go',
      icon: IconPlugConnected,
      keywords: 'settings api',
      perform: () => void navigate({ to: '/account/tokens' }),
    },
  ]
  if (!isAdmin) return mine
  return [
    ...mine,
    {
      id: 'go.people',
      label: texts.goPeople,
      group: 'server',
      icon: IconUsers,
      keywords: 'settings users',
      perform: () => void navigate({ to: '/admin/people' }),
    },
    {
      id: 'go.jobs',
      label: texts.goJobs,
      group: 'server',
      icon: IconListCheck,
      keywords: 'settings queue',
      perform: () => void navigate({ to: '/admin/jobs' }),
    },
    {
      id: 'go.limits',
      label: texts.goLimits,
      group: 'server',
      icon: IconKey,
      keywords: 'settings bans',
      perform: () => void navigate({ to: '/admin/limits' }),
    },
  ]
}
