import type { ComponentChildren } from 'preact';
import { saidOf } from '../../../../components/blocked/said.ts';
import { momentInWords } from '../../../../components/moment.ts';
import type { Verdict as RulesVerdict } from '../../../../rules/verdict.ts';
import type { TestChoices, Tested } from '../../../console-wire.ts';
import { categoryInWords, inWords, tierInWords } from '../../../verdict-words.ts';
import { childWords } from '../child-words.ts';
import { closedPageOf } from '../closed-page-of.ts';
import { now } from '../now.ts';
import { exact } from '../when.ts';
import { say } from '../words.ts';
import { ChildPage } from './child-page.tsx';

type TestedProps = { tested: Tested; choices: TestChoices };

/** The verdict, why, who may lift it; beside it what the child reads in the page's place. */
export function Verdict({ tested, choices }: TestedProps) {
  const { verdict, stage, supervised, listTitle, isService, adultOpens } = tested;
  const moment = (at: number) => exact(new Date(at), now.value);
  const { why, lift } = inWords(verdict, {
    stage,
    supervised,
    isService,
    adultOpens,
    ...(listTitle ? { listTitle } : {}),
    moment,
  });
  return (
    <div class="verdict">
      <section
        class={verdict.open ? 'verdict-said verdict-open' : 'verdict-said verdict-closed'}
        aria-labelledby="said"
      >
        <h2 id="said">
          <span class="verdict-word">{say(verdict.open ? 'testOpen' : 'testClosed')}</span>
          <span class="verdict-host">{tested.address.host}</span>
        </h2>
        <p class="verdict-why">{begin(why)}</p>
        <dl>
          <Facts tested={tested} lift={lift} />
        </dl>
      </section>
      <figure class="verdict-child">
        <figcaption>{say('testChildReads')}</figcaption>
        {verdict.open ? (
          <p class="verdict-page">{say('testChildOpens')}</p>
        ) : (
          <Closed verdict={verdict} tested={tested} choices={choices} />
        )}
      </figure>
    </div>
  );
}

function Facts({ tested, lift }: { tested: Tested; lift: string | null }) {
  const { verdict, stage, supervised, listTitle, lessonBy, withoutList } = tested;
  const { reason, category, entry, from } = verdict;
  const until = 'until' in reason ? reason.until : null;
  return (
    <>
      {lift && <Fact name={say('testLift')}>{begin(lift)}</Fact>}
      <Fact name={say('testTier')}>{begin(tierInWords(verdict.tier))}</Fact>
      {entry && (
        <Fact name={say('testEntry')}>
          <bdi class="code">{entry}</bdi>
        </Fact>
      )}
      {from && <Fact name={say('testList')}>{listTitle ?? from}</Fact>}
      {category && <Fact name={say('testList')}>{begin(categoryInWords(category))}</Fact>}
      {until !== null && <Fact name={say('testUntil')}>{exact(new Date(until), now.value)}</Fact>}
      {lessonBy && <Fact name={say('testLesson')}>{say('testLessonBy', lessonBy)}</Fact>}
      <Fact name={say('testResult')}>
        {say(
          'testFor',
          stage,
          say(supervised ? 'testForAdult' : 'testForAlone'),
          exact(new Date(tested.at), now.value),
        )}
      </Fact>
      {withoutList.length > 0 && (
        <Fact name={say('testWithoutList')}>
          {say('testWithoutListText', begin(withoutList.map(categoryInWords).join(', ')))}
        </Fact>
      )}
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** The block page itself, and its words for who cannot see the picture of it. */
function Closed({ verdict, tested, choices }: TestedProps & { verdict: RulesVerdict & { open: false } }) {
  const page = closedPageOf(verdict, tested, choices);
  const { title, line } = saidOf(page.level, page.why, childWords, {
    ...page,
    hasTiles: page.onTiles !== undefined,
    moment: (until) => momentInWords(until, page.now, childWords, choices.timeZone),
  });
  return (
    <>
      <p class="unseen">{say('testChildReadsText', [title, line].filter(Boolean).join(' '))}</p>
      <ChildPage {...page} />
    </>
  );
}

/** A clause where a sentence begins; a host keeps its letters. */
const begin = (words: string): string =>
  /^\S*[./]/.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1);
