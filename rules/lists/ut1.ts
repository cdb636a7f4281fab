/**
 * What the categories of the UT1 blacklists (Université Toulouse Capitole) mean here. Their own aliases are not
 * trusted: `mail` points at `forums`, where it means `webmail`.
 */
const meaning: Readonly<Record<string, string>> = {
  adult: 'adult',
  mixed_adult: 'adult',
  lingerie: 'adult',
  agressif: 'hate',
  sect: 'extremism',
  dangerous_material: 'weapons',
  drogue: 'drugs',
  gambling: 'gambling',
  arjel: 'gambling',
  redirector: 'proxies',
  strict_redirector: 'proxies',
  strong_redirector: 'proxies',
  vpn: 'proxies',
  doh: 'proxies',
  'residential-proxies': 'proxies',
  'remote-control': 'proxies',
  'dynamic-dns': 'proxies',
  social_networks: 'social',
  dating: 'dating',
  chat: 'chat',
  forums: 'forums',
  games: 'games',
  'audio-video': 'streaming',
  radio: 'streaming',
  webmail: 'webmail',
  filehosting: 'file-sharing',
  warez: 'piracy',
  blog: 'personal-sites',
  webhosting: 'personal-sites',
  malware: 'malware',
  phishing: 'malware',
  cryptojacking: 'malware',
  stalkerware: 'malware',
  ddos: 'malware',
  fakenews: 'misinformation',
};

/** Before a category had a list family of its own. */
const formerly: Readonly<Record<string, string>> = { hate: 'violence-hate', piracy: 'file-sharing' };

/** Our category for one of UT1's, or null: then a person names one. */
export function categoryOfUt1(name: string, known: readonly string[]): string | null {
  const ours = meaning[name];
  if (ours === undefined) return null;
  if (known.includes(ours)) return ours;
  const before = formerly[ours];
  return before !== undefined && known.includes(before) ? before : null;
}

/** What an alias means, by its name in English, whatever it points at. */
const aliasMeans: Readonly<Record<string, string>> = {
  ads: 'publicite',
  porn: 'adult',
  proxy: 'redirector',
  drugs: 'drogue',
  mail: 'webmail',
  violence: 'agressif',
  aggressive: 'agressif',
};

export type Alias = { alias: string; pointsAt: string; means: string | null; isRight: boolean };

/** An alias, held against what its name means. One that is not known is followed nowhere. */
export function readAlias(alias: string, pointsAt: string): Alias {
  const means = aliasMeans[alias] ?? null;
  return { alias, pointsAt, means, isRight: means === pointsAt };
}

/** `alias -> category`, one a line, as an archive without symbolic links says it. */
export const readAliases = (text: string): Alias[] =>
  [...text.matchAll(/^([\w-]+)\s*->\s*(?:\.\/)?([\w-]+)\/?\s*$/gm)].map(([, alias = '', target = '']) =>
    readAlias(alias, target),
  );

/** The categories of `global_usage` that are meant to be opened, not closed: press, bank, child … */
export function allowKindsIn(globalUsage: string): { allow: Set<string>; named: Set<string> } {
  const allow = new Set<string>();
  const named = new Set<string>();
  let name = '';
  for (const line of globalUsage.split(/\r?\n/)) {
    const [, key = '', value = ''] = /^([A-Z_]+):\s*(\S+)/.exec(line) ?? [];
    if (key === 'NAME') {
      name = value;
      named.add(name);
    }
    if (key === 'DEFAULT_TYPE' && value === 'white' && name) allow.add(name);
  }
  return { allow, named };
}

/** The same from a category's own `usage` file, where `global_usage` does not name it. */
export const isAllowKind = (usage: string): boolean =>
  /^white\s*$/m.test(usage) && !/^black\s*$/m.test(usage);
