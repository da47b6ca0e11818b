import { matchesGlob } from 'node:path';
import type { Import } from './graph.ts';

/** A part of the project, and its allowed imports from other parts. */
export interface Layer {
  /** A folder; `*` matches one name. */
  readonly folder: string;
  /** Folders, or single files. */
  readonly imports: readonly string[];
  /** The only packages it may import. Absent: any. */
  readonly packages?: readonly string[];
}

const DOMAIN = ['src/rollback'];
const READS = [...DOMAIN, 'src/lookout', 'src/readiness', 'src/aws', 'src/ledger', 'src/quotas'];
const BELOW_SLACK = [...READS, 'src/events', 'src/targets', 'src/approvals', 'src/lambda'];
const ALL_OF_SRC = [...BELOW_SLACK, 'src/slack', 'src/report'];
const EMBEDDED_AWS = ['embedded-aws/world', 'embedded-aws/wire', 'embedded-aws/runtime'];

/** From the bottom up: a row imports only from rows above it. The longest row that fits is a file's own. */
export const LAYERS: readonly Layer[] = [
  // The embedded AWS is a package of its own: it imports nothing of the product.
  { folder: 'embedded-aws/world', imports: [] },
  { folder: 'embedded-aws/wire', imports: ['embedded-aws/world'] },
  { folder: 'embedded-aws/runtime', imports: ['embedded-aws/world', 'embedded-aws/wire'] },
  { folder: 'embedded-aws/models', imports: EMBEDDED_AWS },
  { folder: 'embedded-aws/test', imports: [...EMBEDDED_AWS, 'embedded-aws/models'] },
  { folder: 'src/rollback', imports: [], packages: ['zod/mini'] },
  { folder: 'src/lookout', imports: DOMAIN, packages: ['zod/mini'] },
  { folder: 'src/readiness', imports: DOMAIN, packages: ['zod/mini'] },
  { folder: 'src/report', imports: DOMAIN, packages: ['@observablehq/plot', 'linkedom', 'node:crypto'] },
  { folder: 'src/aws', imports: DOMAIN },
  { folder: 'src/events', imports: DOMAIN },
  { folder: 'src/ledger', imports: [...DOMAIN, 'src/lookout', 'src/readiness', 'src/aws', 'src/events'] },
  { folder: 'src/quotas', imports: [...DOMAIN, 'src/aws', 'src/ledger'] },
  { folder: 'src/targets', imports: READS },
  { folder: 'src/approvals', imports: READS },
  { folder: 'src/lambda', imports: READS },
  { folder: 'src/slack', imports: BELOW_SLACK },
  // A mechanism imports no other mechanism. One asks another system by an event.
  {
    folder: 'functions/mechanisms/*',
    imports: [...READS, 'src/targets', 'src/lambda', 'src/events/emit.ts'],
  },
  // These two call every kind.
  { folder: 'functions/sweep', imports: [...ALL_OF_SRC, 'functions/mechanisms/*/reconcile.ts'] },
  { folder: 'functions/on-hint', imports: [...ALL_OF_SRC, 'functions/mechanisms/*/stalled.ts'] },
  { folder: 'functions/*', imports: ALL_OF_SRC },
  // The verb `incident` reads the past as the guard reads the present; `list` and `plan` start the machines that Slack
  // starts.
  {
    folder: 'scripts',
    imports: [...ALL_OF_SRC, 'functions/guard', 'functions/answer-slack', 'package.json'],
  },
  // Only these two import the embedded AWS.
  { folder: 'local', imports: [...ALL_OF_SRC, 'scripts', ...EMBEDDED_AWS] },
  { folder: 'test', imports: [...ALL_OF_SRC, 'functions', 'scripts', 'local', 'embedded-aws'] },
  // The files of a kind that is not written yet, as `npm run new-kind` copies them.
  {
    folder: 'scripts/kinds/skeleton',
    imports: [...READS, 'src/targets', 'src/lambda', 'test/contract', 'local/campaign'],
  },
];

/** Returns the imports that no row allows, one line each. */
export function forbiddenAmong(imports: readonly Import[], layers = LAYERS): readonly string[] {
  return imports.filter((one) => !isAllowed(one, layers)).map(({ from, to }) => `${from} -> ${to}`);
}

function isAllowed({ from, to }: Import, layers: readonly Layer[]): boolean {
  const [layer] = layers
    .filter(({ folder }) => isIn(from, folder))
    .toSorted((one, other) => other.folder.length - one.folder.length);
  if (layer === undefined) return false;
  if (!isProjectFile(to)) return layer.packages?.includes(to) ?? true;
  if (partOf(from, layer.folder) === partOf(to, layer.folder)) return true;
  return layer.imports.some((place) => isIn(to, place));
}

/**
 * Returns whether an import is a project file. A relative import leads to a file below the root; a package has no
 * extension.
 */
function isProjectFile(to: string): boolean {
  return /\.(ts|cjs|js|json)$/.test(to);
}

function isIn(file: string, place: string): boolean {
  return matchesGlob(file, place) || matchesGlob(file, `${place}/**`);
}

/** Returns `functions/mechanisms/asg` for `functions/mechanisms/asg/plan.ts`; null if the file is in no such folder. */
function partOf(file: string, folder: string): string | null {
  return isIn(file, folder) ? file.split('/').slice(0, folder.split('/').length).join('/') : null;
}
