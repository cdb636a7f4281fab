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
  { title: 'The Mix', phone: '0808 808 4994', host: 'www.themix.org.uk' },
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
  'www.themix.org.uk',
  'themix.org.uk',
  'reportharmfulcontent.com',
  'www.reportharmfulcontent.com',
];
