import type { Deed } from './roles.ts';

/**
 * Which notes of the audit may be read on the audit page, and by whom besides `see-audit`: an act that has no line
 * here shows no note, for notes can name a pupil or say what a report is about. Notes on reports are read on the
 * report, never here.
 */
const notes: Readonly<Record<string, Deed | 'plain'>> = {
  'signed-in': 'plain',
  'sign-in-failed': 'plain',
  'added-person': 'plain',
  'changed-role': 'plain',
  'deactivated-person': 'plain',
  'reactivated-person': 'plain',
  'removed-person': 'plain',
  'reset-password': 'plain',
  'reset-second-factor': 'plain',
  'gave-day-pass': 'plain',
  'renewed-day-pass': 'plain',
  'ended-day-pass': 'plain',
  'sealed-break-glass': 'plain',
  'started-lesson': 'plain',
  'extended-lesson': 'plain',
  'stopped-lesson': 'plain',
  'imported-classes': 'plain',
  'group-add': 'plain',
  'group-remove': 'plain',
  'group-rename': 'plain',
};

/** What a role that sees the audit may see of a note. */
export const noteDeed = (act: string): Deed | 'plain' | undefined =>
  Object.hasOwn(notes, act) ? notes[act] : undefined;
