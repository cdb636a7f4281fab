/**
 * Exact hosts that must open for a managed Chromebook to work at all, each with its reason (DESIGN §6). The school's
 * own sign-on is added in its policy, the endpoint's host by the device.
 */
export const essentialHosts: readonly { host: string; reason: string }[] = [
  { host: 'accounts.google.com', reason: 'signing in to the Chromebook and to the school account' },
  { host: 'accounts.youtube.com', reason: 'Google sign-in passes through it to set the account everywhere' },
  { host: 'myaccount.google.com', reason: 'changing an expired school password at sign-in' },
  { host: 'login.microsoftonline.com', reason: 'signing in to Microsoft 365' },
  { host: 'login.live.com', reason: 'Microsoft sign-in passes through it' },
  { host: 'connectivitycheck.gstatic.com', reason: 'ChromeOS asks it whether there is a captive portal' },
  { host: 'clients3.google.com', reason: 'ChromeOS asks it whether there is a captive portal' },
  {
    host: 'www.gstatic.com',
    reason: 'ChromeOS asks it whether there is a captive portal; sign-in pages load from it',
  },
  { host: 'detectportal.firefox.com', reason: 'captive portals wait for it' },
  { host: 'captive.apple.com', reason: 'captive portals wait for it' },
];
