const asXml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export type Update = {
  extensionId: string;
  url: string;
  version: string;
  minimumChromeVersion: string | undefined;
};

/** What Chrome asks `<endpoint>/updates.xml` for: the newest version and where it is (CHROME-FACTS 12). */
export function updatesXml({ extensionId, url, version, minimumChromeVersion }: Update): string {
  const needs = minimumChromeVersion ? ` prodversionmin="${asXml(minimumChromeVersion)}"` : '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
  <app appid="${asXml(extensionId)}">
    <updatecheck codebase="${asXml(`${url}/keystage.crx`)}" version="${asXml(version)}"${needs} />
  </app>
</gupdate>
`;
}
