import type { z } from 'zod';
import {
  type ChangeGroup,
  GroupLines,
  GroupPage,
  type ImportClasses,
  ImportRefused,
  ImportSaid,
  type SetNeed,
  type SuspendPupil,
} from '../../groups/wire.ts';
import type { Api } from './api.ts';

/** Classes, their pupils and teachers, as the console asks for them. */
export const classesApi = ({ ask, asked }: Pick<Api, 'ask' | 'asked'>) => ({
  all: () => asked(GroupLines, 'GET', '/console/api/groups'),
  /** Names of children: each reading stands in the log. */
  one: (id: string) => asked(GroupPage, 'GET', `/console/api/groups/${encodeURIComponent(id)}`),
  change: (change: ChangeGroup) => ask('POST', '/console/api/groups', change),
  /** `apply: false` changes nothing. A refusal carries each wrong place of the files in `refused`. */
  import: (list: ImportClasses) => asked(ImportSaid, 'POST', '/console/api/groups/import', list),
  suspend: (suspension: z.infer<typeof SuspendPupil>) =>
    ask('POST', '/console/api/pupils/suspensions', suspension),
  lift: (id: string) => ask('POST', '/console/api/pupils/suspensions/lift', { id }),
  setNeed: (need: SetNeed) => ask('POST', '/console/api/pupils/needs', need),
  endNeed: (id: string) => ask('POST', '/console/api/pupils/needs/end', { id }),
});

export type Issue = ImportRefused['issues'][number];

/** The wrong places of an import that was refused; none where it was refused for another reason. */
export const issuesIn = (refused: unknown): Issue[] => {
  const read = ImportRefused.safeParse(refused);
  return read.success ? read.data.issues : [];
};

/** Whether an import would change nothing at all. */
export const changesNothing = (said: ImportSaid): boolean =>
  [said.joiners, said.leavers, said.movers, said.newGroups, said.endedGroups].every(
    ({ length }) => length === 0,
  );

/** A file as the endpoint wants it. In parts: a call with a million arguments is refused. */
export async function encodeFile(
  file: Pick<File, 'name' | 'arrayBuffer'>,
): Promise<{ name: string; base64: string }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let from = 0; from < bytes.length; from += 8_192)
    text += String.fromCharCode(...bytes.subarray(from, from + 8_192));
  return { name: file.name, base64: btoa(text) };
}
