import { googleBundles } from './bundles/google.ts';
import { learningBundles } from './bundles/learning.ts';
import { microsoftBundles } from './bundles/microsoft.ts';
import type { Bundle } from './policy.ts';

export { singleVideo, videoIdOf } from './bundles/video.ts';

/**
 * The services that schools really use, with page, frame and resource hosts apart (DESIGN §2). A school takes a
 * bundle into its policy as it stands here, or its own copy of it; pages that pupils make (Sites, published Docs,
 * Sway) are in none of them.
 */
export const builtInBundles: readonly Bundle[] = [...googleBundles, ...microsoftBundles, ...learningBundles];
