/** The origin that a browser would send for this very address; TLS may end at a proxy before us. */
export function originOf(request: Request): string {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  const origin = request.headers.get('origin') ?? '';
  return URL.canParse(origin) && new URL(origin).host === host ? new URL(origin).origin : '';
}
