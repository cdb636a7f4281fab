/** Sign-in with the school's own Google accounts; without it only passwords. */
export type GoogleSettings = { clientId: string; clientSecret: string; domain: string };

type Profile = { hd?: unknown; email?: unknown; email_verified?: unknown };

/**
 * Whether a Google account is the school's: Google vouches for its Workspace domain (`hd`) and its e-mail address,
 * and the address is at that domain. A sub-domain is another domain: schools often give it to pupils.
 */
export function isOfSchool({ hd, email, email_verified }: Profile, domain: string): boolean {
  const school = domain.toLowerCase();
  return (
    email_verified === true &&
    typeof hd === 'string' &&
    hd.toLowerCase() === school &&
    typeof email === 'string' &&
    email.toLowerCase().split('@').at(-1) === school
  );
}
