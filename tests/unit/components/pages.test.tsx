import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { rolesThatMay } from '../../../admin/roles.ts';
import { type Words, WordsProvider, wordsFrom } from '../../../components/words.tsx';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { states } from '../../gallery/states.tsx';

const english = wordsFrom(messages);

/** The text of a state, and the keys that it asked for. */
function say(name: string): { html: string; text: string; asked: string[] } {
  const asked: string[] = [];
  const words: Words = (key, ...rest) => {
    asked.push(key);
    return english(key, ...rest);
  };
  const html = renderToString(<WordsProvider words={words}>{states[name]}</WordsProvider>);
  return { html, text: html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '), asked };
}
const names = Object.keys(states);

test('every key that any state asks for is written', () => {
  const asked = new Set(names.flatMap((name) => say(name).asked));
  expect(asked.size).toBeGreaterThan(100);
  expect([...asked].filter((key) => !(key in messages))).toEqual([]);
});

test('every reason has a sentence of its own: no level says the same for all', () => {
  const titles = (level: string) =>
    new Set(
      names
        .filter((name) => name.startsWith(`closed-${level}-`))
        .map((name) => /<div class="page-said".*?<\/div>/.exec(say(name).html)?.[0]),
    );
  expect(titles('junior').size).toBeGreaterThan(20);
  expect(titles('senior').size).toBeGreaterThan(20);
});

test('the youngest are told whom to show it to, in at most eight words and by a picture of it', () => {
  for (const name of ['reported-early-on-its-way', 'reported-early-arrived']) {
    const title = /<h1>(.*?)<\/h1>/.exec(say(name).html)?.[1] ?? '';
    expect(title).toMatch(/Show your teacher\.$/);
    expect(title.split(' ').length).toBeLessThanOrEqual(8);
    expect(title).not.toMatch(/\bit\b/i);
  }
  const picture = (name: string) => /<svg class="picture.*?<\/svg>/.exec(say(name).html)?.[0];
  expect(picture('reported-early-arrived')).toBe(picture('reported-early-set-aside'));
});

test('the youngest see one sentence, no helpline and nothing to type', () => {
  for (const name of names.filter((one) => /^(closed|reported)-early/.test(one))) {
    const { html } = say(name);
    const sentence = /<h1>(.*?)<\/h1>/.exec(html)?.[1] ?? '';
    expect(sentence.split(/\s+/).length, name).toBeLessThanOrEqual(8);
    expect(html, name).not.toMatch(/<a |<input|page-line|tel:/);
  }
});

test('from KS2 Childline is on every closed and every thank-you page, with its number and a link', () => {
  for (const name of names.filter((one) => /^(closed|reported)-(junior|senior)/.test(one))) {
    if (name === 'reported-junior-no-helplines') continue;
    expect(say(name).html, name).toMatch(/href="https:\/\/www\.childline\.org\.uk\/"[^>]*>Childline<\/a>/);
    expect(say(name).text, name).toContain('0800 1111');
  }
});

test('what the youngest press has a picture, each another', () => {
  for (const name of names.filter((one) => /^(closed|reported|start)-early/.test(one))) {
    const { html } = say(name);
    const pressed = html.match(/<button class="button button-.*?<\/button>/g) ?? [];
    const pictures = pressed.map((button) => /picture small (small-[a-z-]+)/.exec(button)?.[1]);
    expect(pictures, name).not.toContain(undefined);
    expect(new Set(pictures).size, name).toBe(pictures.length);
  }
});

test('what cannot be asked for offers no asking', () => {
  expect(say('closed-junior-locked').text).not.toContain('Please may I');
  expect(say('closed-junior-not-approved').text).toContain('Please may I');
  expect(say('closed-senior-cannot-ask').text).not.toContain('ask');
});

test('eyes up: nothing to press, nothing of the page, and the words that LOOK gives', () => {
  expect(say('closed-early-eyes-up').text).toContain('Look at your teacher.');
  for (const level of ['junior', 'senior']) {
    const { text } = say(`closed-${level}-eyes-up`);
    expect(text).toContain('Eyes up, please.');
    expect(text).toContain('Your page is safe.');
    expect(text).not.toMatch(/Go back|Please may I|Something wrong|poki\.com|code/);
  }
  expect(say('closed-early-watch-the-board').text).toContain('Watch the board.');
});

test('a grown-up’s code is offered where it helps, as small print, also to those who stand by the youngest', () => {
  for (const level of ['early', 'junior', 'senior'])
    for (const why of ['no-adult-yet', 'not-approved', 'focus'])
      expect(say(`closed-${level}-${why}`).html).toMatch(/<p class="code print">.*A grown-up’s code/);
  for (const why of ['locked', 'suspended-until', 'guard-ip', 'category-games'])
    expect(say(`closed-junior-${why}`).text).not.toContain('grown-up’s code');
});

test('the school’s own reason takes the place of ours', () => {
  expect(say('closed-junior-school-words').text).toContain('Games stay shut in lessons.');
  expect(say('closed-junior-school-words').text).not.toContain('until a teacher opens them');
});

test('the thank-you says only what is true at that moment', () => {
  expect(say('reported-junior-on-its-way').text).toContain(
    'We are sending this to the e-safety coordinator.',
  );
  expect(say('reported-junior-on-its-way').text).not.toContain('has reached');
  expect(say('reported-junior-arrived').text).toContain('It has reached the e-safety coordinator.');
  expect(say('reported-junior-arrived').text).not.toContain('Somebody will look');
  expect(say('reported-junior-arrived-out-of-hours').text).toContain('Somebody will look from Monday 08:15.');
  expect(say('reported-junior-arrived-out-of-hours').text).toContain('or call Childline: 0800 1111.');
  expect(say('reported-junior-set-aside').text).not.toMatch(/has reached|We are sending/);
  // About a grown-up at school: who had it first may be that grown-up.
  expect(say('reported-junior-answered-grown-up-at-school').text).not.toMatch(/has reached|We are sending/);
});

test('an answer is asked once, and never of what could not be sent', () => {
  expect(say('reported-junior-arrived').html.match(/class="answer"/g)).toHaveLength(5);
  expect(say('reported-early-arrived').html.match(/class="answer"/g)).toHaveLength(2);
  expect(say('reported-junior-answered-upset-me').html).not.toContain('class="answer"');
  expect(say('reported-junior-set-aside').html).not.toContain('class="answer"');
});

test('hostile text is text, and turns no reading direction', () => {
  const print = /<p class="print">.*<\/p>/.exec(say('closed-senior-hostile').html)?.[0] ?? '';
  expect(print).toContain('&lt;img src=x onerror=alert(1)>');
  expect(print).not.toMatch(/<img|\u202e/);
});

test('no page hands an inline style or script to the extension’s content security policy', () => {
  for (const name of names) expect(say(name).html, name).not.toMatch(/ style=| on[a-z]+="|<script/);
});

const isEyesUp = (name: string) => name.includes('eyes-up');

test('promise 11: what is recorded is one press away from every closed, thank-you and start page', () => {
  for (const name of names.filter((one) => /^(closed|reported|start)-/.test(one) && !isEyesUp(one)))
    expect(say(name).html, name).toMatch(/class="notice-link print"><button[^>]*>What is kept about me</);
  for (const name of names.filter(isEyesUp)) expect(say(name).html, name).not.toContain('notice-link');
});

test('promise 11: each level reads what is recorded, who knows it, for how long, and what never is', () => {
  expect(say('notice-early').text).toContain('If you tell or ask, a grown-up knows.');
  // One number for the youngest: the longer of the two.
  expect(say('notice-early').text).toContain('Most of it goes within one year.');
  expect(say('notice-early').text).toContain('No pictures of you or your screen.');
  for (const level of ['junior', 'senior']) {
    const { text } = say(`notice-${level}`);
    for (const heading of ['When you tell or ask', 'Who can read it', 'For how long', 'Never'])
      expect(text).toContain(heading);
    expect(text).toMatch(/365 days.*180 days/);
    expect(text).toMatch(/until somebody has/);
    expect(text).toContain('No list of the pages that you visit.');
    expect(text).toContain('at home too');
    expect(text).toContain('0800 1111');
  }
});

test('promise 11: without a policy no page makes up for how long', () => {
  expect(say('notice-early-unknown').text).not.toMatch(/days|\d/);
  for (const level of ['junior', 'senior'])
    expect(say(`notice-${level}-unknown`).text).toContain('Your school has not told this computer yet.');
  for (const level of ['early', 'junior', 'senior'])
    expect(say(`notice-${level}-unknown`).html).not.toMatch(/undefined|null|NaN/);
});

/** What the notice calls each role of `admin/roles.ts`. */
const calledInNotice: Record<string, RegExp> = {
  principal: /head teacher/,
  dsl: /safeguarding lead/,
  coordinator: /e-safety coordinator/,
  slt: /school leaders/,
  teacher: /teachers/,
  'network-manager': /IT/,
};

test('promise 11: the notice names exactly those who may read', () => {
  for (const level of ['junior', 'senior']) {
    const who = /Who can read it(.*?)For how long/.exec(say(`notice-${level}`).text)?.[1] ?? '';
    const [told = '', asked = ''] = who.split(/What you ask|Requests/);
    const named = (text: string) =>
      Object.keys(calledInNotice).filter((role) => calledInNotice[role]?.test(text));
    expect(named(told).sort()).toEqual(rolesThatMay('reveal').sort());
    // "also": the readers of reports, and these.
    expect([...named(told), ...named(asked)].sort()).toEqual(
      [...new Set([...rolesThatMay('reveal'), ...rolesThatMay('answer-requests')])].sort(),
    );
  }
});
