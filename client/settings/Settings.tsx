import { useState } from 'react'
import { Link } from 'wouter'
import { SigningIn } from '../accounts/SigningIn.tsx'
import { isClaimed, useAccount } from '../accounts/useAccount.ts'
import { Devices } from '../devices/Devices.tsx'
import { useMe } from '../people/usePeople.ts'
import { Notifications } from '../push/Notifications.tsx'
import { more } from '../ui/moreWords.ts'
import { Page } from '../shell/Page.tsx'
import { Section } from '../ui/Section.tsx'
import { words } from '../ui/words.ts'
import { BusySettings } from './BusySettings.tsx'
import { Picture } from './Picture.tsx'
import { StatusSettings } from './StatusSettings.tsx'
import { TypingSettings } from './TypingSettings.tsx'
import { About, Name } from './You.tsx'
import './Settings.css'

/** Who one is here, what one is doing, what others see of it, and where one is signed in. */
export function Settings() {
  const me = useMe()
  const { account, ...actions } = useAccount()
  /** How often that was changed: other sessions may have ended by it. */
  const [changes, setChanges] = useState(0)
  return (
    <Page title={words.settings} name="settings">
      {me && (
        <>
          <Name me={me} />
          <Picture me={me} />
          <About me={me} />
          <StatusSettings me={me} />
        </>
      )}
      <BusySettings />
      <TypingSettings />
      <Notifications />
      <Section title={more.scheduledMessages}>
        <p>
          <Link href="/scheduled">{more.seeScheduled}</Link>
        </p>
      </Section>
      {account && <SigningIn actions={{ account, ...actions }} onChanged={() => setChanges(changes + 1)} />}
      {actions.problem && <Section title={more.signingIn} problem={actions.problem} />}
      <Devices key={changes} claimed={account !== null && isClaimed(account)} />
    </Page>
  )
}
