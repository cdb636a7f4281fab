import { expect, test } from 'vitest';
import { Role } from '../../../admin/console-wire.ts';
import { type Deed, may, rolesThatMay } from '../../../admin/roles.ts';
import { isRestricted, urgencyFrom } from '../../../admin/urgency.ts';
import { Answer } from '../../../rules/wire.ts';

test('how soon an adult should look, answer by answer', () => {
  expect(Object.fromEntries(Answer.options.map((answer) => [answer, urgencyFrom([answer])]))).toEqual({
    'dont-like-it': 'ordinary',
    'need-a-grown-up': 'now',
    'upset-me': 'soon',
    'rude-violent-hateful': 'ordinary',
    'someone-unkind': 'soon',
    'someone-asking': 'now',
    'grown-up-at-school': 'now',
  });
});

test('the most urgent of several answers counts, in any order; none is ordinary', () => {
  expect(urgencyFrom([])).toBe('ordinary');
  expect(urgencyFrom(['upset-me', 'dont-like-it'])).toBe('soon');
  expect(urgencyFrom(['dont-like-it', 'someone-asking', 'upset-me'])).toBe('now');
});

test('only "about a grown-up at school" restricts a report', () => {
  expect(Answer.options.filter((answer) => isRestricted([answer]))).toEqual(['grown-up-at-school']);
});

test('who may do what', () => {
  const deeds: Deed[] = ['see-inbox', 'act-on-items', 'reveal', 'see-restricted', 'see-fleet'];
  const table = Object.fromEntries(
    Role.options.map((role) => [role, deeds.filter((deed) => may(role, deed))]),
  );
  expect(table).toEqual({
    principal: deeds,
    dsl: deeds,
    coordinator: ['see-inbox', 'act-on-items', 'reveal', 'see-fleet'],
    'network-manager': ['see-fleet'],
    slt: [],
    teacher: [],
    'teaching-assistant': [],
    supply: [],
    office: [],
    governor: [],
  });
  expect(rolesThatMay('see-restricted')).toEqual(['principal', 'dsl']);
});
