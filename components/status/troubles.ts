import type { Trouble } from '../../rules/wire.ts';
import type { Words } from '../words.tsx';

/** Codes that we have a sentence for; any other code still shows as it is. */
const sentences: Record<string, string> = {
  unreachable: 'trouble_unreachable',
  'bad-answer': 'trouble_bad_answer',
  'half-an-answer': 'trouble_bad_answer',
  'not-json': 'trouble_bad_answer',
  'bad-signature': 'trouble_bad_signature',
  'unknown-key': 'trouble_unknown_key',
  'older-version': 'trouble_older_version',
  'other-school': 'trouble_other_school',
  'not-a-document': 'trouble_not_a_document',
  'not-a-jws': 'trouble_not_a_document',
  'needs-newer-extension': 'trouble_needs_newer_extension',
  'too-large': 'trouble_too_large',
  'wrong-hash': 'trouble_wrong_hash',
  'rules-refused': 'trouble_rules_refused',
  'not-fitted': 'trouble_not_fitted',
};

/** A trouble as a sentence for the adult who stands beside the Chromebook. */
export const troubleInWords = ({ code }: Trouble, words: Words): string =>
  words((Object.hasOwn(sentences, code) ? sentences[code] : undefined) ?? 'trouble_other');
