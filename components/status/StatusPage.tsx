import type { DocumentKind } from '../../rules/document.ts';
import { Arch } from '../pictures/Arch.tsx';
import { useWords } from '../words.tsx';
import { Ago, Row, Section } from './pieces.tsx';
import { type HeldVersion, type Status, summaryOf } from './status.ts';
import { troubleInWords } from './troubles.ts';
import './status.css';

const documentNames = {
  policy: 'status_policy',
  catalogue: 'status_catalogue',
  orders: 'status_orders',
} as const satisfies Record<DocumentKind, string>;

/** For an adult beside the Chromebook: is it well, and if not, what is wrong. What matters stands at the top. */
export function StatusPage({ status }: { status: Status }) {
  const words = useWords();
  const summary = summaryOf(status);
  const { now, settings, documents, rules, outbox, troubles, recorded, listsInForce } = status;
  return (
    <div class="status">
      <header class={summary.healthy ? 'status-head healthy' : 'status-head'}>
        <Arch />
        <div>
          <h1>{words(summary.key)}</h1>
          <p>
            {[status.schoolName, status.stage === 'unknown' ? null : status.stage, status.group]
              .filter(Boolean)
              .join(' · ') || words('status_nothing_known')}
          </p>
        </div>
        <p class="status-version">{words('status_version', status.extensionVersion)}</p>
      </header>

      <main class="status-sections">
        <Section title={words('status_connection')}>
          <Row name={words('status_settings')}>
            {settings.state === 'known' && words('status_settings_read')}
            {settings.state === 'not-read-yet' && words('status_settings_unread')}
            {settings.state === 'wrong' && (
              <ul class="status-problems">
                {settings.problems.map(({ setting, problem }) => (
                  <li key={`${setting} ${problem}`}>
                    <code>{setting}</code> {problem}
                  </li>
                ))}
              </ul>
            )}
          </Row>
          <Row name={words('status_endpoint')}>
            {status.endpoint ? <code>{status.endpoint}</code> : words('status_none')}
          </Row>
          <Row name={words('status_heard')}>
            <Ago at={status.heardAt} now={now} never={words('status_never')} />
          </Row>
          <Row name={words('status_seat')}>
            {words(status.enrolled ? 'status_enrolled' : 'status_not_enrolled')}
          </Row>
        </Section>

        <Section title={words('status_waiting')}>
          <Row name={words('status_outbox')}>
            {outbox.waiting === 0 ? words('status_nothing_waits') : String(outbox.waiting)}
          </Row>
          <Row name={words('status_set_aside')}>
            {outbox.setAside === 0 ? words('status_none') : String(outbox.setAside)}
          </Row>
          <Row name={words('status_rules')}>
            {words('status_rules_count', String(rules.session), String(rules.dynamic))}
          </Row>
          <Row name={words('status_lists')}>
            {words(
              listsInForce === null
                ? 'status_lists_not_needed'
                : listsInForce
                  ? 'status_lists_in_force'
                  : 'status_lists_waiting',
            )}
          </Row>
          {status.paths && (
            <Row name={words('status_paths')}>
              {words('status_paths_count', String(status.paths.inRules), String(status.paths.watched))}
            </Row>
          )}
          {status.notInForce && status.notInForce.length > 0 && (
            <Row name={words('status_no_room')}>
              <ul class="status-problems">
                {status.notInForce.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </Row>
          )}
        </Section>

        <Section title={words('status_documents')} wide>
          <table>
            <thead>
              <tr>
                <th scope="col">{words('status_document')}</th>
                <th scope="col">{words('status_downloaded')}</th>
                <th scope="col">{words('status_in_force')}</th>
                <th scope="col">{words('status_state')}</th>
              </tr>
            </thead>
            <tbody>
              {(Object.keys(documentNames) as DocumentKind[]).map((kind) => (
                <tr key={kind}>
                  <th scope="row">{words(documentNames[kind])}</th>
                  <td>
                    <Held held={documents[kind].downloaded} now={now} />
                  </td>
                  <td>
                    <Held held={documents[kind].inForce} now={now} />
                  </td>
                  <td>
                    <Standing {...documents[kind]} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>

        {troubles.length > 0 && (
          <Section title={words('status_troubles')} wide>
            <ul class="status-troubles">
              {troubles.map((trouble) => (
                <li key={trouble.where + trouble.code}>
                  <span>{troubleInWords(trouble, words)}</span>
                  <code>
                    {trouble.where} · {trouble.code}
                  </code>
                  <Ago at={Date.parse(trouble.at)} now={now} never="" />
                  {trouble.detail && <small>{trouble.detail}</small>}
                </li>
              ))}
            </ul>
          </Section>
        )}

        <Section title={words('status_recorded')} wide>
          <p>{words('status_recorded_never')}</p>
          <p>
            {recorded
              ? words(
                  'status_recorded_what',
                  recorded.to,
                  String(recorded.reportsDays),
                  String(recorded.requestsDays),
                )
              : words('status_recorded_unknown')}
          </p>
        </Section>
      </main>
    </div>
  );
}

function Held({ held, now }: { held: HeldVersion | null; now: number }) {
  const words = useWords();
  if (!held) return <span class="status-soft">{words('status_none')}</span>;
  return (
    <>
      <code>{held.version}</code> <Ago at={held.at} now={now} never="" />
    </>
  );
}

function Standing({ downloaded, inForce }: { downloaded: HeldVersion | null; inForce: HeldVersion | null }) {
  const words = useWords();
  if (!downloaded) return <span class="status-mark">{words('status_mark_missing')}</span>;
  return downloaded.version === inForce?.version ? (
    <span class="status-mark healthy">{words('status_mark_in_force')}</span>
  ) : (
    <span class="status-mark">{words('status_mark_waiting')}</span>
  );
}
