import type { Bundle } from '../policy.ts';

const apps = ['word', 'excel', 'powerpoint', 'onenote', 'teams', 'outlook', 'forms', 'onedrive'];

/**
 * Hosts from Microsoft's published list ("Microsoft 365 URLs and IP address ranges", endpoints.office.com).
 * A school's own SharePoint is `<school>.sharepoint.com`, which it adds itself: the whole of sharepoint.com is
 * everybody's. Sway is left out, because its pages are made by anybody.
 */
export const microsoftBundles: readonly Bundle[] = [
  {
    id: 'microsoft-365',
    title: 'Microsoft 365',
    pages: [
      { entry: 'm365.cloud.microsoft' },
      ...apps.map((app) => ({ entry: `${app}.cloud.microsoft` })),
      { entry: 'www.office.com' },
      { entry: 'portal.office.com' },
      { entry: 'microsoft365.com' },
      { entry: 'teams.microsoft.com' },
      { entry: 'outlook.office.com' },
      { entry: 'outlook.office365.com' },
      { entry: 'forms.office.com' },
      { entry: 'onenote.com' },
      { entry: 'officeapps.live.com' },
    ],
    frames: [
      'cloud.microsoft',
      'forms.office.com',
      'login.microsoftonline.com',
      'office.net',
      'officeapps.live.com',
      'onenote.com',
      'outlook.office.com',
      'teams.microsoft.com',
    ],
    resources: [
      'aadcdn.msauth.net',
      'aadcdn.msftauth.net',
      'cloud.microsoft',
      'graph.microsoft.com',
      'login.microsoftonline.com',
      'office.com',
      'office.net',
      'office365.com',
      'officeapps.live.com',
      'onenote.com',
      'onenote.net',
      'sharepointonline.com',
      'spoprod-a.akamaihd.net',
      'static.microsoft',
      'svc.ms',
      'teams.microsoft.com',
      'usercontent.microsoft',
    ],
  },
];
