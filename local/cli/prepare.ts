import { packageWhenChanged } from '../../scripts/package.ts';

/** Builds the bundles and the template that a deployment would use. Everything in `local/cli` runs exactly these. */
export async function prepare({ quiet }: { readonly quiet: boolean }): Promise<void> {
  if (!quiet) console.log('Building the bundles and packaging the template …');
  await packageWhenChanged();
}
