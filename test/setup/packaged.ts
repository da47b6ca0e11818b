import { packageWhenChanged } from '../../scripts/package.ts';
import { forgetAsked } from '../e2e/asked.ts';

/** Bundles and packages once before the tests, and not at all when nothing has changed since. */
export default async function setup(): Promise<void> {
  forgetAsked();
  await packageWhenChanged();
}
