import { BadgeCheck, Plus } from 'lucide-preact';
import { useState } from 'preact/hooks';
import type { ApprovalLine } from '../../../approvals/wire.ts';
import { may } from '../../../roles.ts';
import { announce } from '../announce.ts';
import { needsConsent, sortApprovals } from '../approvals.ts';
import { useHouse, useMe } from '../house.ts';
import { openingsApi } from '../openings.ts';
import { ApprovalThing } from '../pieces/approval-thing.tsx';
import { ApproveForm } from '../pieces/approve-form.tsx';
import { Decide } from '../pieces/decide.tsx';
import { EndsEarly } from '../pieces/ends-early.tsx';
import { Heading } from '../pieces/heading.tsx';
import { Problem } from '../pieces/problem.tsx';
import { Skeleton } from '../pieces/skeleton.tsx';
import { useClasses, useReading } from '../reading.ts';
import { say } from '../words.ts';

/** From so many on, one looks for a site instead of reading them all. */
const MANY = 8;

/** Which sites have staff approved, for whom and why, and which wait for consent? */
export function ApprovalsPage() {
  const { api, deciding, lessons } = useHouse();
  const me = useMe();
  const openings = openingsApi(api);
  const read = useReading('approvals', openings.approvals);
  useClasses(lessons);
  const [isAdding, setIsAdding] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [wanted, setWanted] = useState('');
  const all = read.value?.approvals;
  const sorted = all && sortApprovals(all, wanted);
  const classes = lessons.classes.value?.classes ?? [];
  const nameOf = (id: string) => classes.find((one) => one.id === id)?.name ?? id;
  const consents = may(me.role, 'consent');

  function done(words: string): void {
    setSaid(words);
    announce(words);
    read.again();
    void deciding.refresh(me.role);
  }
  const endOf = (approval: ApprovalLine) =>
    (approval.mine || me.role !== 'teacher') && (
      <EndsEarly
        act={say(approval.state === 'in-force' ? 'approvalsEnd' : 'approvalsTakeBack')}
        label={say('approvalsEndLabel', titleOf(approval))}
        says={say(
          'approvalsEndSays',
          titleOf(approval),
          [...approval.stages, ...approval.groups.map(nameOf)].join(', '),
        )}
        end={async () => {
          const answer = await openings.endApproval(approval.id);
          if (answer.ok) done(say('approvalsEnded', titleOf(approval)));
          return answer;
        }}
      />
    );
  const draw = (approvals: readonly ApprovalLine[]) => (
    <ul class="thing-list">
      {approvals.map((approval) => (
        <ApprovalThing key={approval.id} approval={approval} nameOf={nameOf}>
          {approval.state === 'waits-for-consent' && consents && !approval.mine ? (
            <Decide
              label={say('approvalsDecide', titleOf(approval))}
              yes={say('approvalsConsent', titleOf(approval))}
              no={say('approvalsNoConsent')}
              decide={async (given) => {
                const answer = await openings.consent(approval.id, given);
                if (answer.ok)
                  done(
                    say(given.yes ? 'approvalsSaidYes' : 'approvalsSaidNo', titleOf(approval), approval.by),
                  );
                return answer;
              }}
            />
          ) : (
            (approval.state === 'in-force' || approval.state === 'waits-for-consent') && endOf(approval)
          )}
        </ApprovalThing>
      ))}
    </ul>
  );

  return (
    <section class="openings">
      <Heading title={say('approvalsTitle')} waiting={deciding.consents.value}>
        {may(me.role, 'approve-sites') && (
          <button
            type="button"
            class="button main heading-act"
            aria-expanded={isAdding}
            onClick={() => setIsAdding(!isAdding)}
          >
            <Plus class="icon" size={16} aria-hidden="true" />
            {say('approvalsAdd')}
          </button>
        )}
      </Heading>
      {read.problem && <Problem code={read.problem} again={read.again} />}
      {said && <p class="good">{said}</p>}
      {isAdding && (
        <ApproveForm
          classes={classes}
          onApproved={(title, kind) => {
            setIsAdding(false);
            done(say(needsConsent(kind) ? 'approvalsWaits' : 'approvalsDone', title));
          }}
        />
      )}
      {!sorted && !read.problem && <Skeleton lines={6} />}
      {sorted && all.length === 0 && !isAdding && (
        <div class="empty">
          <BadgeCheck class="empty-picture" size={28} aria-hidden="true" />
          <h2>{say('approvalsEmptyTitle')}</h2>
          <p>{say('approvalsEmptyText')}</p>
        </div>
      )}
      {all && all.length > MANY && (
        <label class="others-find">
          {say('approvalsFind')}
          <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        </label>
      )}
      {sorted && sorted.waiting.length > 0 && (
        <>
          <h2 class="part-title">{say('approvalsWaiting')}</h2>
          {draw(sorted.waiting)}
        </>
      )}
      {sorted && sorted.inForce.length > 0 && (
        <>
          <h2 class="part-title">{say('approvalsInForce')}</h2>
          {draw(sorted.inForce)}
        </>
      )}
      {sorted && sorted.over.length > 0 && (
        <details class="over">
          <summary>{say('approvalsOver', String(sorted.over.length))}</summary>
          {draw(sorted.over)}
        </details>
      )}
    </section>
  );
}

const titleOf = ({ line }: ApprovalLine): string => line.title ?? line.entry;
