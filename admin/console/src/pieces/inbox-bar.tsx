import { Check, CheckCheck, X } from 'lucide-preact';
import { useHouse } from '../house.ts';
import { nothingSelected } from '../selection.ts';
import { plural, say } from '../words.ts';

/** What can be done with the ticked rows; there only while some are ticked. */
export function InboxBar() {
  const { inbox } = useHouse();
  const ids = inbox.together.value.filter((id) => inbox.selection.value.ids.has(id));
  if (ids.length === 0) return null;
  const leftOut = inbox.open.value.length - inbox.together.value.length;
  const act = (what: 'no-concern' | 'done') => {
    inbox.selection.value = nothingSelected;
    void inbox.act({ act: what, ids });
  };
  return (
    <div class="bar" role="toolbar" aria-label={plural(say, 'selected', ids.length)}>
      <span class="bar-count">{plural(say, 'selected', ids.length)}</span>
      {leftOut > 0 && <span class="bar-note">{plural(say, 'urgentLeftOut', leftOut)}</span>}
      <button type="button" class="button main small" onClick={() => act('no-concern')}>
        <Check class="icon" size={16} aria-hidden="true" />
        {plural(say, 'noConcernMany', ids.length)}
      </button>
      <button type="button" class="button small" onClick={() => act('done')}>
        <CheckCheck class="icon" size={16} aria-hidden="true" />
        {plural(say, 'doneMany', ids.length)}
      </button>
      <button
        type="button"
        class="button quiet small"
        onClick={() => {
          inbox.selection.value = nothingSelected;
        }}
      >
        <X class="icon" size={16} aria-hidden="true" />
        {say('clearSelection')}
      </button>
    </div>
  );
}
