import type { Contact } from '../../rules/policy.ts';
import { Small } from '../pictures/small.tsx';
import { useWords } from '../words.tsx';
import './help.css';

/** A helpline as a page shows it; `address` is a whole https address, which really opens (promise 9). */
export type HelpLineShown = { title: string; phone?: string; address?: string };

type WhoHelpsProps = { helpers: readonly Contact[]; helplines: readonly HelpLineShown[] };

/** Three of each are in view at once; the rest is one press away. */
const IN_VIEW = 3;

/** Who can help: people of the school, then helplines (FIELD K1, K2). Works offline; from KS2 on. */
export function WhoHelps({ helpers, helplines }: WhoHelpsProps) {
  const words = useWords();
  if (helpers.length + helplines.length === 0) return null;
  const first = helplines.slice(0, IN_VIEW);
  const rest = helplines.slice(IN_VIEW);
  return (
    <section class="help" aria-label={words('help_title')}>
      <Small name="phone" />
      <strong class="help-title">{words('help_title')}</strong>
      <ul>
        {first.map((line) => (
          <li key={line.title}>
            <HelpLineName {...line} />
          </li>
        ))}
      </ul>
      {(rest.length > 0 || helpers.length > 0) && (
        <details
          class="help-more"
          onFocusOut={({ currentTarget, relatedTarget }) => {
            // The sheet lies over the page: whoever goes on has done with it.
            if (!currentTarget.contains(relatedTarget as Node | null)) currentTarget.open = false;
          }}
          onKeyDown={({ key, currentTarget }) => {
            if (key !== 'Escape') return;
            currentTarget.open = false;
            currentTarget.querySelector('summary')?.focus();
          }}
        >
          <summary>{words('help_more')}</summary>
          <div class="help-sheet" tabIndex={-1}>
            {helpers.length > 0 && (
              <>
                <h2>{words('help_at_school')}</h2>
                <ul>
                  {helpers.map((helper) => (
                    <li key={helper.role + helper.title}>
                      <HelperName {...helper} />
                    </li>
                  ))}
                </ul>
              </>
            )}
            {rest.length > 0 && (
              <>
                <h2>{words('help_lines')}</h2>
                <ul>
                  {rest.map((line) => (
                    <li key={line.title}>
                      <HelpLineName {...line} />
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        </details>
      )}
    </section>
  );
}

const HelpLineName = ({ title, phone, address }: HelpLineShown) => (
  <>
    {address ? (
      <a href={address} rel="noreferrer">
        {title}
      </a>
    ) : (
      <span>{title}</span>
    )}
    {phone && <span class="help-phone">{phone}</span>}
  </>
);

const HelperName = ({ title, name, phone, where }: Contact) => (
  <>
    <strong>{name ? `${title}, ${name}` : title}</strong>
    {where && <span>{where}</span>}
    {phone && <span class="help-phone">{phone}</span>}
  </>
);
