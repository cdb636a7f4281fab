import { ShieldAlert } from 'lucide-preact';
import type { Me } from '../../../console-wire.ts';
import { useHouse } from '../house.ts';
import { now } from '../now.ts';
import { peopleApi } from '../people.ts';
import { exact } from '../when.ts';
import { say } from '../words.ts';

/** What this person is told until they have seen it. */
export function Notices({ me }: { me: Me }) {
  const { api, session } = useHouse();
  return (
    <>
      {me.notices.map(({ id, at }) => (
        <div class="problem" role="alert" key={id}>
          <ShieldAlert class="icon" size={18} aria-hidden="true" />
          <p>{say('noticeBreakGlass', exact(new Date(at), now.value))}</p>
          <button
            type="button"
            class="button small"
            onClick={() => void peopleApi(api).seen(id).then(session.refresh)}
          >
            {say('noticeSeen')}
          </button>
        </div>
      ))}
    </>
  );
}
