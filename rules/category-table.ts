/** Who may lift a category: `rules/grant-table.ts` is the table. */
export type CategoryClass = 'illegal' | 'sensitive' | 'ordinary';

/**
 * The named list families, each with the class that says who may lift it (DESIGN §6):
 * *illegal* nobody; *sensitive* the network manager on a named member of staff's request; *ordinary* a teacher
 * for a lesson. `because` names the duties in FIELD that ask for the category: a row of section A by its id, or an
 * item of the UKSIC row in section C by its name. `duty` says them in a sentence that a school can publish. Apart from
 * `categories.ts`, because a page's first script must not carry zod (docs/performance.md).
 */
export const categories = {
  // The slot for what a licence holder lists for us: the IWF's and the police's own lists, never a list of ours.
  illegal: {
    title: 'Illegal material',
    class: 'illegal',
    because: ['F4', 'F5', 'F6', 'X1'],
    duty: 'Child sexual abuse material and terrorist material on the lists of the IWF and the police are never opened.',
  },
  extremism: {
    title: 'Extremism',
    class: 'sensitive',
    because: ['F6', 'UKSIC extremism'],
    duty: 'The Prevent duty asks schools to keep pupils from terrorist and extremist material.',
  },
  adult: {
    title: 'Pornography and adult sites',
    class: 'sensitive',
    because: ['F1', 'F5', 'UKSIC pornography'],
    duty: 'Offensive and pornographic sites are closed to everybody.',
  },
  violence: {
    title: 'Violence and cruelty',
    class: 'sensitive',
    because: ['F5', 'UKSIC violence'],
    duty: 'Violent and obscene material is closed to everybody.',
  },
  hate: {
    title: 'Hate and discrimination',
    class: 'sensitive',
    because: ['F5', 'UKSIC hate speech', 'UKSIC discrimination'],
    duty: 'Racist and hateful material, and discrimination of any kind, is closed to everybody.',
  },
  'self-harm': {
    title: 'Self-harm, suicide and eating disorders',
    class: 'sensitive',
    because: ['UKSIC self-harm', 'UKSIC suicide/eating disorder'],
    duty: 'Sites that urge self-harm, suicide or disordered eating are closed; from key stage 2 sites that help never are.',
  },
  drugs: {
    title: 'Drugs and vapes',
    class: 'sensitive',
    because: ['F5', 'UKSIC drugs/substance abuse'],
    duty: 'Sites that sell or promote drugs and other harmful substances are closed.',
  },
  gambling: {
    title: 'Gambling',
    class: 'sensitive',
    because: ['F10', 'UKSIC gambling'],
    duty: 'Gambling is closed to everybody.',
  },
  weapons: {
    title: 'Weapons',
    class: 'sensitive',
    because: ['F5', 'UKSIC violence'],
    duty: 'Shops and instructions for weapons are closed, as violent and criminal material.',
  },
  malware: {
    title: 'Malware, phishing and hacking',
    class: 'sensitive',
    because: ['F7', 'D4', 'UKSIC malware/hacking'],
    duty: 'Potentially dangerous sites are closed.',
  },
  piracy: {
    title: 'Piracy and copyright',
    class: 'sensitive',
    because: ['F17', 'F8', 'UKSIC piracy & copyright'],
    duty: 'Everybody keeps to copyright law, and torrent sites are not used.',
  },
  misinformation: {
    title: 'Mis- and disinformation',
    class: 'ordinary',
    because: ['UKSIC mis/disinformation'],
    duty: 'Sites known for invented news are looked at with a teacher, as a subject, and not alone.',
  },
  dating: {
    title: 'Dating',
    class: 'sensitive',
    because: ['F1', 'F10'],
    duty: 'Dating sites are unsuitable for pupils and serve no lesson.',
  },
  proxies: {
    title: 'Ways round the filter',
    class: 'sensitive',
    because: ['B1', 'B2'],
    duty: 'Nobody goes round the filter by proxy sites or other means.',
  },
  'unsafe-search': {
    title: 'Search engines that cannot be made safe',
    class: 'sensitive',
    because: ['SE1', 'SE2'],
    duty: 'Pupils use the search engines that the school names, with safe search on.',
  },
  social: {
    title: 'Social networks',
    class: 'ordinary',
    because: ['G1', 'T4', 'T6'],
    duty: 'Social networks open only when a teacher needs them in a lesson, with their risks assessed.',
  },
  chat: {
    title: 'Chat and messaging',
    class: 'ordinary',
    because: ['M1', 'M2', 'T6'],
    duty: 'Unsupervised chat rooms and instant messaging are not used.',
  },
  forums: {
    title: 'Forums and bulletin boards',
    class: 'ordinary',
    because: ['M1'],
    duty: 'Bulletin boards are not used without a teacher.',
  },
  games: {
    title: 'Games',
    class: 'ordinary',
    because: ['G2', 'F3', 'T3'],
    duty: 'Games are closed; one with educational value opens when a teacher has approved it beforehand.',
  },
  streaming: {
    title: 'Videos and music',
    class: 'ordinary',
    because: ['G3', 'F16', 'T2'],
    duty: 'Video sites are closed; a video opens when a teacher has seen it first and it belongs to the lesson.',
  },
  webmail: {
    title: 'Personal e-mail',
    class: 'ordinary',
    because: ['M3', 'M4'],
    duty: 'Pupils use the e-mail that the school provides, not a personal account.',
  },
  'file-sharing': {
    title: 'File sharing',
    class: 'ordinary',
    because: ['F8', 'F16'],
    duty: 'File sharing sites are not used.',
  },
  downloads: {
    title: 'Programs to download',
    class: 'ordinary',
    because: ['D1', 'D2'],
    duty: 'Nobody downloads programs without approval.',
  },
  'personal-sites': {
    title: 'Personal sites and blogs',
    class: 'ordinary',
    because: ['F9'],
    duty: 'Personal websites and blogs are closed until an adult has looked.',
  },
  'ai-chat': {
    title: 'AI chat',
    class: 'sensitive',
    because: ['T5', 'UKSIC GenAI'],
    duty: 'A new technology is assessed for its risks before it is used in school.',
  },
} as const satisfies Record<
  string,
  { title: string; class: CategoryClass; because: readonly string[]; duty: string }
>;

export type CategoryId = keyof typeof categories;
export const categoryIds = Object.keys(categories) as [CategoryId, ...CategoryId[]];
