/** Why nothing was packed: a stable code for programs, a sentence for IT. */
export type PackRefused = {
  ok: false;
  code:
    | 'bad-url'
    | 'plain-http'
    | 'build-missing'
    | 'build-unusable'
    | 'endpoint-never-ran'
    | 'bad-version'
    | 'bad-settings'
    | 'key-unusable'
    | 'cannot-write';
  message: string;
};

export const refused = (code: PackRefused['code'], message: string): PackRefused => ({
  ok: false,
  code,
  message,
});

/** What went wrong, as the system puts it. */
export const problemOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
