import { test, vi } from 'vitest';
import { holdsAfterAnything } from './property.ts';

vi.mock('ws', () => import('./socket.ts'));
// What the endpoint reads from its disk is waited for like all else.
vi.mock('../../../admin/data-folder.ts', async (original) => {
  const [real, { counted }] = await Promise.all([
    original<typeof import('../../../admin/data-folder.ts')>(),
    import('./around.ts'),
  ]);
  return { ...real, signingKeyIn: (folder: string) => counted(real.signingKeyIn(folder)) };
});

test(
  'whatever happens, no seat is ever more open than the model says, and each is as open as it says',
  {
    timeout: 1_800_000,
  },
  holdsAfterAnything,
);
