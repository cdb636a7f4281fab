import { Eye, EyeOff } from 'lucide-preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { InboxItem, Revealed } from '../../../console-wire.ts';
import { useHouse } from '../house.ts';
import { say } from '../words.ts';
import { Problem } from './problem.tsx';

/**
 * Title, address and account, covered until somebody asks, and logged when somebody does. The address is text: a
 * page that frightened a child never opens here by accident. It is forgotten when the page is left.
 */
export function Covered({
  id,
  kind,
  revealed,
}: {
  id: string;
  kind: InboxItem['kind'];
  revealed: () => void;
}) {
  const { api } = useHouse();
  const [shown, setShown] = useState<Revealed | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const first = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (shown) first.current?.focus();
  }, [shown]);

  async function show(): Promise<void> {
    if (busy) return;
    setBusy(true);
    const answer = await api.reveal(id);
    setBusy(false);
    setProblem(answer.ok ? null : answer.code);
    if (!answer.ok) return;
    setShown(answer.value);
    revealed();
  }

  return (
    <section class={shown ? 'covered covered-open' : 'covered'} aria-labelledby="covered-title">
      <h2 id="covered-title" ref={first} tabIndex={-1}>
        {say('coveredTitle')}
      </h2>
      {problem && <Problem code={problem} />}
      {shown ? (
        <>
          <dl>
            {kind === 'request' && (
              <div>
                <dt>{say('revealedWhy')}</dt>
                <dd>{shown.why || say('revealedNoWhy')}</dd>
              </div>
            )}
            {kind === 'report' && (
              <div>
                <dt>{say('revealedTitle')}</dt>
                <dd>{shown.title || say('revealedNoTitle')}</dd>
              </div>
            )}
            <div>
              <dt>{say('revealedAddress')}</dt>
              <dd>
                {/* Left to right whatever it holds: bidirectional tricks must not turn a host round. */}
                <bdi class="address" dir="ltr">
                  {shown.address}
                </bdi>
                <p class="hint">{say('revealedAddressHint')}</p>
              </dd>
            </div>
            <div>
              <dt>{say('revealedAccount')}</dt>
              <dd>
                {shown.account === 'shared' ? say('revealedShared') : shown.account}
                {shown.doubt && <p class="hint">{say(`accountDoubt_${shown.doubt.replaceAll('-', '_')}`)}</p>}
              </dd>
            </div>
          </dl>
          <button type="button" class="button quiet small" onClick={() => setShown(null)}>
            <EyeOff class="icon" size={16} aria-hidden="true" />
            {say('coverAgain')}
          </button>
        </>
      ) : (
        <div class="covered-row">
          <p>{say(kind === 'request' ? 'coveredTextRequest' : 'coveredText')}</p>
          <button type="button" class="button" aria-disabled={busy} onClick={() => void show()}>
            <Eye class="icon" size={16} aria-hidden="true" />
            {say(busy ? 'revealing' : 'reveal')}
          </button>
        </div>
      )}
    </section>
  );
}
