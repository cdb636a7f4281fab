import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { useWords, WordsProvider, wordsFrom } from '../../../components/words.tsx';

const words = wordsFrom({
  plain: { message: 'Go back' },
  numbered: { message: '$2 before $1' },
  named: {
    message: '$WHO$ said: $What$',
    placeholders: { who: { content: '$1' }, what: { content: '“$2”' } },
  },
  dollar: { message: 'costs $$5 and $1' },
});

test('substitutions are taken by number and by name, as Chrome takes them', () => {
  expect(words('plain')).toBe('Go back');
  expect(words('numbered', 'one', 'two')).toBe('two before one');
  expect(words('named', 'Your teacher', 'not now')).toBe('Your teacher said: “not now”');
  expect(words('numbered', 'one')).toBe(' before one');
  expect(words('dollar', 'more')).toBe('costs $5 and more');
});

test('a substitution that looks like a pattern stays what it is', () => {
  expect(words('named', '$2', '$WHO$ $1')).toBe('$2 said: “$WHO$ $1”');
});

test('a missing key shows itself, and names of Object are keys like any other', () => {
  expect(words('nobody_wrote_this')).toBe('nobody_wrote_this');
  expect(words('toString')).toBe('toString');
});

test('a page without words is a mistake that shows at once', () => {
  const Say = () => <p>{useWords()('plain')}</p>;
  expect(() => renderToString(<Say />)).toThrow(/WordsProvider/);
  expect(
    renderToString(
      <WordsProvider words={words}>
        <Say />
      </WordsProvider>,
    ),
  ).toBe('<p>Go back</p>');
});
