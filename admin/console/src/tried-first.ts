import type { TestChoices } from '../../console-wire.ts';

/** The class that a test begins with: the one that led here, else one's own; null is no class. */
export const triedFirst = (
  groups: TestChoices['groups'],
  cameFrom: string | null,
): TestChoices['groups'][number] | null =>
  groups.find(({ id }) => id === cameFrom) ?? groups.find(({ mine }) => mine) ?? null;
