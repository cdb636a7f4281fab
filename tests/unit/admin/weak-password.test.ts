import { afterEach, beforeEach, expect, test } from 'vitest';
import { isWeakPassword } from '../../../admin/people/weak-password.ts';
import { examplePolicy, openSchool, type School } from './school.ts';

const around = {
  email: 'j.fairweather@larkfield.sch.uk',
  name: 'Jo Fairweather',
  schoolName: 'Larkfield Primary School',
};

test.each([
  'password1234',
  'Password2026!',
  'P4ssw0rd-P4ssw0rd',
  'qwertyuiop12',
  '123456789012',
  'aaaaaaaaaaaa',
  'abcabcabcabc',
  'abcdefghijkl',
  'Welcome2026!!',
  'letmein12345',
  'larkfield2026',
  'Larkfield-School-1',
  'fairweather12',
  'jo.fairweather',
])('%s is one of the first that somebody would try', (password) => {
  expect(isWeakPassword(password, around)).toBe(true);
});

test.each([
  'correct horse battery',
  'purple-teapot-walks',
  'vG7#kd93mQz!',
  'monkey london summer computer',
  'kvmw-x3te-9pfh-r2cd',
  'Мой дом у реки',
])('%s may be chosen', (password) => {
  expect(isWeakPassword(password, around)).toBe(false);
});

let school: School;
beforeEach(async () => {
  school = await openSchool();
});
afterEach(() => school.close());

test('the console takes no password that is made of the school’s name, and says so by a code', async () => {
  await school.endpoint.publishPolicy(await examplePolicy(), 'test');
  const person = await school.signIn('coordinator');
  const refused = await person.changePassword('Wrenfield2026!');
  expect([refused.status, (await refused.json()).code]).toEqual([400, 'WEAK_PASSWORD']);
  expect((await person.changePassword('purple-teapot-walks')).ok).toBe(true);
});
