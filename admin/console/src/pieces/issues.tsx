import type { Issue } from '../classes.ts';
import { counted, plural, say } from '../words.ts';

/** Lines of a file that somebody puts right: as many as one can look at. */
const SHOWN = 200;

/** Every wrong place of a file, for whoever puts it right. */
export const Issues = ({ issues }: { issues: readonly Issue[] }) => (
  <section aria-label={say('importRefused')}>
    <p class="problem" role="alert">
      {say('importRefused')} {plural(say, 'importIssues', issues.length)}
    </p>
    <div class="sheet-wide">
      <table class="sheet issues-sheet">
        <caption class="unseen">{say('importRefused')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('importIssueFile')}</th>
            <th scope="col" class="number">
              {say('importIssueLine')}
            </th>
            <th scope="col">{say('importIssueColumn')}</th>
            <th scope="col">{say('importIssueWhat')}</th>
          </tr>
        </thead>
        <tbody>
          {issues.slice(0, SHOWN).map(({ file, line, column, problem }) => (
            <tr key={`${file} ${line} ${column} ${problem}`} class="line">
              <td>{file}</td>
              <td class="number">{counted(line)}</td>
              <td>{column ?? ''}</td>
              <td>{problem}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    {issues.length > SHOWN && <p class="soft">{plural(say, 'importIssuesMore', issues.length - SHOWN)}</p>}
  </section>
);
