import { packageWhenChanged, type Step } from '../../scripts/package.ts';
import { footerOf } from '../../scripts/terminal/footer.ts';

/** Builds the bundles and the template that a deployment would use. Everything in `local/cli` runs exactly these. */
export async function prepare({ quiet }: { readonly quiet: boolean }): Promise<void> {
  if (quiet) return packageWhenChanged();
  const begun = performance.now();
  const footer = footerOf(process.stdout);
  let shown = '';
  const show = (step: Step): void => {
    footer?.show(() => wordsOf(step));
    if (footer === null && step.name !== shown) console.log(`${wordsOf(step)} …`);
    shown = step.name;
  };
  try {
    await packageWhenChanged(process.cwd(), show);
  } finally {
    footer?.end();
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(shown === '' ? 'The bundles and the template are up to date.' : `Built in ${seconds} s.`);
}

/** Formats a step. Exported for its test. */
export function wordsOf(step: Step): string {
  if (step.name === 'template') return 'Packaging the template of the stack';
  return step.done === 0 ? `Bundling ${step.of} functions` : `Bundling functions: ${step.done} of ${step.of}`;
}
