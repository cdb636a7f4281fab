import type { Settings } from '../../rules/settings.ts';
import { isPupil } from '../../rules/stages.ts';

/**
 * What IT pastes into Google Admin under "Policy for extensions". Every value stands in `Value`: one that does not
 * makes Chrome drop the whole of it (FIELD F).
 */
export function googleAdmin(settings: Settings): Record<string, { Value: unknown }> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, { Value: value }]));
}

/** Addresses by which a pupil could look at or work on the browser itself (FIELD F, "Recommended set"). */
const browserInsides = [
  'chrome://extensions',
  'chrome://flags',
  'chrome://network',
  'chrome://policy',
  'data:*',
  'file://*',
  'javascript://*',
  'view-source:*',
];

/** Ways round any extension that only Chrome's own policy can close (FIELD F, CHROME-FACTS 13). */
const againstBypasses = {
  // A forced extension does not run in incognito windows.
  IncognitoModeAvailability: 1,
  BrowserGuestModeEnabled: false,
  BrowserAddPersonEnabled: false,
  DeveloperToolsAvailability: 2,
  ExtensionDeveloperModeSettings: 1,
  TaskManagerEndProcessEnabled: false,
  // A start-up address loads before any extension can close it (docs/decisions/001): pupils start with a new tab.
  RestoreOnStartup: 5,
  URLBlocklist: browserInsides,
};

/**
 * Chromium's managed policy on Linux (`/etc/chromium/policies/managed/keystage.json`): installs Keystage, pins its
 * button and gives it its settings. It speaks of no other extension: pupils depend on reading support and the like.
 */
export function chromiumPolicy(extensionId: string, settings: Settings): Record<string, unknown> {
  const updateUrl = `${settings.endpoint}/updates.xml`;
  return {
    ExtensionInstallForcelist: [`${extensionId};${updateUrl}`],
    ExtensionSettings: {
      [extensionId]: {
        installation_mode: 'force_installed',
        update_url: updateUrl,
        // The report button must be in view of every child.
        toolbar_pin: 'force_pinned',
      },
    },
    '3rdparty': { extensions: { [extensionId]: settings } },
    ...(isPupil(settings.stage) ? againstBypasses : {}),
  };
}
