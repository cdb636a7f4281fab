import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openGallery } from './open-gallery.ts';

/**
 * `node tests/gallery/take-pictures.ts`: the pictures of the docs, and the icons from their one drawing. With names,
 * only those pictures. Lessons and requests have theirs from `tests/e2e/supervision-story.unpacked.spec.ts`.
 */
const root = join(import.meta.dirname, '../..');

const pictures = {
  'block-page-ks1': 'closed-early-not-approved',
  'block-page-ks1-no-lesson': 'closed-early-no-adult-yet',
  'block-page-ks2': 'closed-junior-school-words',
  'block-page-ks3': 'closed-senior-category-games',
  'thank-you-ks1': 'reported-early-on-its-way',
  'thank-you-on-its-way': 'reported-junior-on-its-way',
  'thank-you-arrived': 'reported-junior-arrived',
  'thank-you-out-of-hours': 'reported-junior-arrived-out-of-hours',
  'request-waits-ks2': 'closed-junior-asked-sent',
  'request-no-ks1': 'closed-early-asked-no',
  'start-page-ks1': 'start-early-six',
  'start-page-ks1-waiting': 'start-early-no-adult-yet',
  'start-page-ks2': 'start-junior-approved',
  'start-page-ks3': 'start-senior-hour',
  'nothing-to-report': 'nothing-junior',
  'notice-ks1': 'notice-early',
  'notice-ks2': 'notice-junior',
  'notice-ks3': 'notice-senior',
  status: 'status-well',
};
const iconSizes = [16, 32, 48, 128];

const gallery = await openGallery();
const page = await gallery.browser.newPage({ viewport: { width: 1366, height: 768 } });
await mkdir(join(root, 'docs/pictures'), { recursive: true });
const only = process.argv.slice(2);
for (const [name, state] of Object.entries(pictures)) {
  if (only.length > 0 && !only.includes(name)) continue;
  await gallery.show(page, state);
  await page.screenshot({ path: join(root, `docs/pictures/${name}.png`) });
}
const drawing = await readFile(join(root, 'public/icons/keystage.svg'), 'utf8');
for (const size of only.length > 0 ? [] : iconSizes) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:100vw;height:100vh}</style>${drawing}`);
  await page.screenshot({ path: join(root, `public/icons/${size}.png`), omitBackground: true });
}
await gallery.close();
