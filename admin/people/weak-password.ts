/**
 * Words that people make passwords of, and runs of keys. A guess tries them with digits, capitals and signs around
 * them first, so these do not count as more.
 */
const COMMON = [
  'password passwort passw letmein welcome qwerty qwertz azerty asdf zxcv iloveyou trustno admin administrator',
  'login changeme secret default temporary temp sunshine princess dragon monkey football baseball liverpool arsenal',
  'chelsea manchester superman batman starwars pokemon charlie shadow master michael jordan hello computer internet',
  'summer winter spring autumn january february march april june july august september october november december',
  'monday tuesday wednesday thursday friday school teacher student pupil principal head coordinator classroom keystage',
  'google chromebook london england britain',
]
  .join(' ')
  .split(' ')
  // Longest first: "administrator" goes whole before "admin" is looked for.
  .sort((a, b) => b.length - a.length);

const RUNS = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '01234567890'];
const LEET: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Letters that must be left when everything guessable is taken away. */
const LEAST_LEFT = 4;

/** What a password must not be made of: the person's and the school's own names. */
export type Around = { email: string; name: string; schoolName?: string | undefined };

/**
 * True if a password is long enough and still among the first that somebody would try: a common word or run of keys,
 * the same again and again, or the person's or school's own name, each with digits and signs around it.
 */
export function isWeakPassword(password: string, { email, name, schoolName = '' }: Around): boolean {
  const lower = password.toLowerCase();
  const own = [email, name, schoolName].flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  // Four words together are many to try, however common each of them is.
  if (COMMON.filter((word) => lower.includes(word)).length >= 4) return false;
  const guessable = [...own.filter((word) => word.length >= 3), ...COMMON];
  return [lower, unleet(lower)].some((text) => lettersLeft(text, guessable) < LEAST_LEFT);
}

const unleet = (text: string): string => [...text].map((letter) => LEET[letter] ?? letter).join('');

/** How many different things are left of a text without its guessable words, runs, digits and signs. */
function lettersLeft(text: string, guessable: readonly string[]): number {
  let rest = text;
  for (const word of [...guessable].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, ' ');
  for (const run of RUNS)
    for (const way of [run, [...run].reverse().join('')])
      for (let length = way.length; length >= 4; length -= 1)
        for (let at = 0; at + length <= way.length; at += 1)
          rest = rest.replaceAll(way.slice(at, at + length), ' ');
  return new Set(rest.replace(/[^\p{L}]/gu, '')).size;
}
