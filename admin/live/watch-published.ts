import type { Versions } from '../../rules/wire.ts';
import { versionOfStored } from '../publish.ts';
import type { StoredDocument } from '../store/documents.ts';

type Kind = 'policy' | 'catalogue';

/** Tells when another policy or catalogue is in force than at the last look, whoever published it. */
export function createWatchPublished(
  document: (kind: Kind) => Promise<StoredDocument | undefined>,
  onChanged: (what: Kind) => void,
) {
  let known: Promise<Pick<Versions, Kind>> | undefined;

  async function read(): Promise<Pick<Versions, Kind>> {
    const [policy, catalogue] = await Promise.all([document('policy'), document('catalogue')]);
    return {
      policy: policy ? versionOfStored(policy) : null,
      catalogue: catalogue ? versionOfStored(catalogue) : null,
    };
  }

  return {
    /** The versions in force, as of the last look. */
    versions: (): Promise<Pick<Versions, Kind>> => {
      known ??= read();
      return known;
    },
    async look(): Promise<void> {
      const before = await known;
      known = read();
      const now = await known;
      if (!before) return;
      for (const kind of ['policy', 'catalogue'] as const) if (before[kind] !== now[kind]) onChanged(kind);
    },
  };
}
