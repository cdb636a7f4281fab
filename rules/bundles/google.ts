import type { Bundle } from '../policy.ts';

/** What Google's own list calls the hosts of every editor: support.google.com/a/answer/2589954 and /9012184. */
const editors = [
  'apis.google.com',
  'clients6.google.com',
  'content.googleapis.com',
  'docs.google.com',
  'drive.google.com',
  'googleapis.com',
  'googleusercontent.com',
  'gstatic.com',
  'inputtools.google.com',
  'lh3.google.com',
  'people-pa.clients6.google.com',
  'signaler-pa.clients6.google.com',
  'ssl.gstatic.com',
  'www.google.com',
];
const inside = ['accounts.google.com', 'apis.google.com', 'clients6.google.com', 'content.googleapis.com'];

/**
 * The files of an editor, and a new one. Google's ids of files begin with 1; `/d/e/…` is what somebody has published
 * to the web, a page that a pupil made, and that is not opened with the editor. The editor's own first page lies on
 * the same path as all that, so files are found through Drive.
 */
const editor = (name: string) =>
  [`${name}/d/1`, `${name}/u/0/d/1`, `${name}/create`, `${name}/u/0/create`].map((path) => ({
    entry: `docs.google.com/${path}`,
  }));

export const googleBundles: readonly Bundle[] = [
  {
    id: 'google-classroom',
    title: 'Google Classroom',
    pages: [{ entry: 'classroom.google.com' }, { entry: 'edu.google.com' }],
    frames: [
      'classroom.google.com',
      ...inside,
      'docs.google.com',
      'drive.google.com',
      'ogs.google.com',
      // Where Classroom and Slides play a YouTube video without the rest of YouTube (2589954, 9012184).
      'www.youtubeeducation.com',
    ],
    resources: [...editors, 'classroom.google.com', 'i.ytimg.com', 'ogs.google.com'],
  },
  {
    id: 'google-docs',
    title: 'Google Docs, Slides, Sheets and Forms',
    pages: [
      ...editor('document'),
      ...editor('presentation'),
      ...editor('spreadsheets'),
      ...editor('drawings'),
      ...editor('forms'),
      // A form is always answered at its published address; it shows questions, not a page.
      { entry: 'docs.google.com/forms/d/e' },
      { entry: 'forms.gle' },
    ],
    frames: [...inside, 'contacts.google.com', 'docs.google.com', 'drive.google.com', 'ogs.google.com'],
    resources: editors,
  },
  {
    id: 'google-drive',
    title: 'Google Drive',
    pages: [{ entry: 'drive.google.com' }, { entry: 'drive.usercontent.google.com' }],
    frames: [...inside, 'docs.google.com', 'drive.google.com', 'ogs.google.com'],
    resources: [...editors, 'drive.usercontent.google.com', 'youtube.googleapis.com'],
  },
  {
    id: 'google-meet',
    title: 'Google Meet',
    pages: [{ entry: 'meet.google.com' }],
    frames: [
      'meet.google.com',
      'accounts.google.com',
      'apis.google.com',
      'contacts.google.com',
      'ogs.google.com',
    ],
    // support.google.com/a/answer/1279090
    resources: [
      'clients2.google.com',
      'clients4.google.com',
      'clients6.google.com',
      'googleapis.com',
      'googleusercontent.com',
      'gstatic.com',
      'meet.google.com',
      'www.google.com',
    ],
  },
  {
    id: 'google-mail',
    title: 'School e-mail and calendar',
    pages: [{ entry: 'mail.google.com' }, { entry: 'calendar.google.com' }],
    frames: [
      'mail.google.com',
      'calendar.google.com',
      'contacts.google.com',
      'accounts.google.com',
      'apis.google.com',
      'ogs.google.com',
      'tasks.google.com',
    ],
    resources: editors,
  },
];
