import type { Stage } from '../stage.ts';
import { rollbacksIn } from '../rollbacks.ts';

/** A report page as it lies in the bucket. */
export interface Page {
  readonly key: string;
  readonly html: string;
}

/** Returns the report pages of a play, in the order in which they were first drawn. */
export function pagesIn({ world }: Pick<Stage, 'world'>): readonly Page[] {
  const { objects } = world.s3;
  return objects
    .buckets()
    .flatMap((bucket) => objects.keys(bucket).map((key) => [key, objects.get(bucket, key)] as const))
    .filter(([key]) => key.startsWith('reports/'))
    .map(([key, object]) => ({ key, html: Buffer.from(object?.body ?? []).toString('utf8') }));
}

/** Returns the name of the first rollback's execution. */
export function executionName(stage: Stage): string {
  const [first] = rollbacksIn(stage.runtime);
  return first?.arn.slice(first.arn.lastIndexOf(':') + 1) ?? '';
}

/** Returns what a page lacks, or null. */
export function pageLacks(html: string, ...wanted: readonly string[]): string | null {
  const missing = wanted.find((one) => !html.includes(one));
  return missing === undefined ? null : `the page lacks ${missing}`;
}

/** Returns what the first page of a play lacks, or null. */
export function firstPageLacks(stage: Stage, ...wanted: readonly string[]): string | null {
  return pageLacks(pagesIn(stage)[0]?.html ?? '', ...wanted);
}
