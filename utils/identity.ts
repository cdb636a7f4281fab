/** Who sits here, as far as Chrome tells. On a computer without a signed-in account it tells nothing. */
export type Who = { account?: string; deviceId?: string };

export type IdentitySources = {
  account: () => Promise<string>;
  /** ChromeOS only, and only for affiliated users (CHROME-FACTS 14). */
  deviceId: () => Promise<string>;
};

export async function whoIsHere({ account, deviceId }: IdentitySources): Promise<Who> {
  const [email, id] = await Promise.all([account().catch(() => ''), deviceId().catch(() => '')]);
  return { ...(email ? { account: email } : {}), ...(id ? { deviceId: id } : {}) };
}
