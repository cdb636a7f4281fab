import type { AuditPage } from '../../../people/wire.ts';
import { auditWords, moreWords } from '../audit-words.ts';
import { addressOf, followLink } from '../route.ts';
import { say } from '../words.ts';
import { When } from './when.tsx';

/** Who did what; whoever reads the inbox is led from a line to the report or request that it is about. */
export const AuditSheet = ({ rows }: { rows: AuditPage['rows'] }) =>
  rows.length === 0 ? (
    <p class="soft">{say('auditNone')}</p>
  ) : (
    <table class="sheet audit-sheet">
      <caption class="unseen">{say('auditCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('auditWhen')}</th>
          <th scope="col">{say('auditWho')}</th>
          <th scope="col">{say('auditWhat')}</th>
          <th scope="col">{say('auditMore')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr class="line" key={row.number}>
            <td class="cell-heard">
              <When at={row.at} />
            </td>
            <td>{row.by}</td>
            <td>{auditWords(row.act)}</td>
            <td class="cell-note">
              {row.item ? (
                <a href={addressOf('item', { id: row.item })} onClick={followLink}>
                  {moreWords(row.facts)}
                </a>
              ) : (
                moreWords(row.facts)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
