import { packageWhenChanged } from '../../scripts/package.ts';

/** Bundles and packages once before the tests, and not at all when nothing has changed since. */
export default async function setup(): Promise<void> {
  await packageWhenChanged();
}
