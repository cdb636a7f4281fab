import type { ComponentChildren } from 'preact';
import type { ImportSaid } from '../../../groups/wire.ts';
import { changesNothing } from '../classes.ts';
import { counted, plural, say } from '../words.ts';

const SHOWN = 50;

/** Who joins, leaves and moves, which classes are new and which end; the names folded away. */
export function ImportPreview({ said }: { said: ImportSaid }) {
  if (changesNothing(said)) return <p>{plural(say, 'importNothing', said.same)}</p>;
  return (
    <div class="preview">
      <Fold
        title={plural(say, 'importJoiners', said.joiners.length)}
        lines={said.joiners.map(({ account, name }) => `${name} · ${account}`)}
      />
      <Fold
        title={plural(say, 'importLeavers', said.leavers.length)}
        lines={said.leavers.map(({ account, name }) => `${name} · ${account}`)}
      />
      <Fold
        title={plural(say, 'importMovers', said.movers.length)}
        lines={said.movers.map(({ name, from, to }) => `${name}: ${from.join(', ')} → ${to.join(', ')}`)}
      />
      <Fold
        title={plural(say, 'importNewClasses', said.newGroups.length)}
        lines={said.newGroups.map(({ name, stage }) => `${name} · ${stage}`)}
      />
      <Fold
        title={plural(say, 'importEndedClasses', said.endedGroups.length)}
        lines={said.endedGroups.map(({ name }) => name)}
      />
      <p class="soft">{plural(say, 'importSame', said.same)}</p>
    </div>
  );
}

function Fold({ title, lines }: { title: string; lines: readonly string[] }): ComponentChildren {
  if (lines.length === 0) return null;
  const more = lines.length - SHOWN;
  return (
    <details>
      <summary>{title}</summary>
      <ul>
        {lines.slice(0, SHOWN).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {more > 0 && <li class="soft">{say('importMore', counted(more))}</li>}
      </ul>
    </details>
  );
}
