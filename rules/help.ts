/**
 * Help that no school can take away: open in every state from KS2, never logged (DESIGN §6, promise 9; FIELD K1).
 * A school adds its own in the policy.
 */
export type Help = { title: string; phone?: string; host?: string };

export const builtInHelp: readonly Help[] = [
  { title: 'Childline', phone: '0800 1111', host: 'www.childline.org.uk' },
  { title: 'CEOP', host: 'www.ceop.police.uk' },
  { title: 'Report Remove', host: 'reportremove.childline.org.uk' },
  { title: 'Samaritans', phone: '116 123', host: 'www.samaritans.org' },
  // Text messages, day and night, at any age: giveusashout.org/about-us/faq. The Mix, which stood here, merged with the
  // charity behind it (announced 14 August 2024, civilsociety.co.uk), and its telephone number could not be confirmed.
  { title: 'Shout', phone: 'text 85258', host: 'giveusashout.org' },
  { title: 'Report Harmful Content', host: 'reportharmfulcontent.com' },
];

/** Hosts that the help pages themselves need, and the same pages without `www`. */
export const helpHosts: readonly string[] = [
  'www.childline.org.uk',
  'childline.org.uk',
  'reportremove.childline.org.uk',
  'www.ceop.police.uk',
  'ceop.police.uk',
  'www.samaritans.org',
  'samaritans.org',
  'giveusashout.org',
  'www.giveusashout.org',
  'reportharmfulcontent.com',
  'www.reportharmfulcontent.com',
];
