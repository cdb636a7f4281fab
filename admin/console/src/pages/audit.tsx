import { useEffect, useState } from 'preact/hooks';
import type { AuditPage as Said } from '../../../people/wire.ts';
import { auditWords } from '../audit-words.ts';
import { useHouse } from '../house.ts';
import { peopleApi } from '../people.ts';
import { AuditSheet } from '../pieces/audit-sheet.tsx';
import { Choice } from '../pieces/choice.tsx';
import { Heading } from '../pieces/heading.tsx';
import { Problem } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { useReading } from '../reading.ts';
import { say } from '../words.ts';

/** Who did what, and when? */
export function AuditPage() {
  const { api } = useHouse();
  const { audit } = peopleApi(api);
  const [filter, setFilter] = useState({ person: '', act: '' });
  const key = `${filter.person} ${filter.act}`;
  const first = useReading(key, () => audit(filter));
  const [older, setOlder] = useState<Said[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => setOlder([]), [key]);

  const pages = first.value ? [first.value, ...older] : [];
  const rows = pages.flatMap((page) => page.rows);
  const last = rows.at(-1);

  async function readMore(): Promise<void> {
    const answer = await audit(filter, last?.number);
    setProblem(answer.ok ? null : answer.code);
    if (answer.ok) setOlder([...older, answer.value]);
  }

  return (
    <section class="audit">
      <Heading title={say('auditTitle')} />
      <p class="lead">{say('auditLead')}</p>
      {(first.problem ?? problem) && <Problem code={first.problem ?? problem ?? ''} again={first.again} />}
      {!first.value && !first.problem && <Skeleton lines={10} />}
      {first.value && (
        <>
          <div class="audit-filter">
            <Choice
              label={say('auditWho')}
              name="person"
              value={filter.person}
              options={[
                { value: '', word: say('auditEverybody') },
                ...first.value.people.map(({ id, name }) => ({ value: id, word: name })),
              ]}
              onChoose={(person) => setFilter({ ...filter, person })}
            />
            <Choice
              label={say('auditWhat')}
              name="act"
              value={filter.act}
              options={[
                { value: '', word: say('auditEverything') },
                ...first.value.acts.map((act) => ({ value: act, word: auditWords(act) })),
              ]}
              onChoose={(act) => setFilter({ ...filter, act })}
            />
          </div>
          <AuditSheet rows={rows} />
          {pages.at(-1)?.more && (
            <button type="button" class="button quiet more" onClick={() => void readMore()}>
              {say('showMore')}
            </button>
          )}
        </>
      )}
    </section>
  );
}
