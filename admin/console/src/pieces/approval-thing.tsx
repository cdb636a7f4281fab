import type { ComponentChildren } from 'preact';
import type { ApprovalLine } from '../../../approvals/wire.ts';
import { momentWords } from '../ends.ts';
import { now } from '../now.ts';
import { say } from '../words.ts';
import { When } from './when.tsx';

/** One approved site: for whom, why, and what its kind asked for. */
export function ApprovalThing({
  approval,
  nameOf,
  children,
}: {
  approval: ApprovalLine;
  /** The name of a class by its id. */
  nameOf: (group: string) => string;
  children?: ComponentChildren;
}) {
  const { line, says, state, stages, groups } = approval;
  const isOver = state === 'ended' || state === 'refused';
  return (
    <li class={isOver ? 'thing thing-over' : 'thing'}>
      <div class="thing-head">
        <h3>{line.title ?? line.entry}</h3>
        <p class="thing-until">
          <strong>{[...stages, ...groups.map(nameOf)].join(', ')}</strong>
          {' · '}
          {say(`approvalsKind_${says.kind}`)}
          {' · '}
          {say(`approvalsState_${state.replaceAll('-', '_')}`)}
          {line.endsAt && !isOver && ` ${say('approvalsUntil', momentWords(line.endsAt, now.value))}`}
        </p>
      </div>
      <p>
        <bdi class="code" dir="ltr">
          {line.entry}
        </bdi>
      </p>
      <p>{line.reason}</p>
      <ForKind says={says} />
      <p class="soft">
        {say('approvalsBy', approval.by)} <When at={approval.at} />
        {approval.consentBy && (
          <>
            {' · '}
            {say(
              state === 'refused' ? 'approvalsRefusedBy' : 'approvalsConsentBy',
              approval.consentBy,
              approval.consentWhy ?? '',
            )}
          </>
        )}
      </p>
      {children}
    </li>
  );
}

function ForKind({ says }: Pick<ApprovalLine, 'says'>) {
  switch (says.kind) {
    case 'site':
      return null;
    case 'video':
      return <p>{say('approvalsSaysVideo', says.lesson)}</p>;
    case 'game':
      return <p>{say('approvalsSaysGame', says.learningPurpose)}</p>;
    default:
      return <p>{say('approvalsSaysRisk', says.risk, String(says.leastAge))}</p>;
  }
}
