declare module 'crx3' {
  /** Given a manifest.json, packs its whole folder. Throws when the key or a file cannot be read. */
  export default function writeCrx3(
    files: string[],
    options: { keyPath: string; crxPath: string; forceDateTime?: number },
  ): Promise<{ appId: string }>;
}
