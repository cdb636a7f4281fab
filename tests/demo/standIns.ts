import type { Site } from '../fixtures/site.ts';

/** A page that stands in for a real site's: the demo asks nothing of the internet. */
const page = (host: string, colour: string, title: string, body: string) => `<!doctype html>
<html lang="en-GB"><meta charset="utf-8"><title>${title}</title>
<style>
  body { margin: 0; font: 18px/1.5 system-ui, sans-serif; color: #222; background: #fff }
  header { background: ${colour}; color: #fff; padding: 20px 48px; font-weight: 600 }
  main { max-width: 720px; margin: 48px auto; padding: 0 24px } h1 { font-size: 40px; line-height: 1.15 }
  small { color: #666 }
</style>
<header>${host}</header><main><h1>${title}</h1>${body}
<p><small>A stand-in on this computer for ${host}.</small></p></main></html>`;

/** The sites of the story. Every other address of the web is there too, as a plain page that names itself. */
export function putUpStandIns(site: Site): void {
  site.show(
    'thenational.academy',
    '/pupils',
    page(
      'thenational.academy',
      '#287c34',
      'Year 4 · Rivers and how they shape the land',
      '<p>Watch the lesson, then draw the journey of a river from its source to the sea.</p>',
    ),
  );
  site.show(
    'phonicsplay.co.uk',
    '/',
    page('phonicsplay.co.uk', '#1f6f8b', 'Buried treasure', '<p>Is it a real word or a silly word?</p>'),
  );
  site.show(
    'www.instagram.com',
    '/',
    page('www.instagram.com', '#7a3b8f', 'Photos from people you do not know', '<p>…</p>'),
  );
}
