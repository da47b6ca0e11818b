import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build as bundle } from 'esbuild';
import { ENDED_BADLY } from './command-line/status.ts';
import { plainKeys } from './schemas.ts';
import { onlyVersions } from './versions.ts';
import { directUtil } from './zod-util.ts';

/**
 * Largest bundle that a function may have, in bytes, because cold starts grow with the bundle. Triggers run before
 * every rollback and have the smallest limit. on-alarm also publishes which tag names no target, and asks API Gateway for
 * the stages of a name. What was requested on the bus waits for no alarm, and its function takes answers to storms, and
 * of other systems, too. The sweep reads every kind of target, each with an AWS client of some 40 KB, and no rollback
 * waits for it. Evidence reads as many, beside a wait that is longer. The largest mechanism calls ECS under three
 * controllers, CodeDeploy, ELB and ECR, and examines a service before anything happens (ADR 37). The report's drawings
 * need a plotting library and a DOM, and no rollback waits for them.
 */
export const BUDGETS = {
  trigger: 300 * 1024,
  alarm: 346 * 1024,
  request: 320 * 1024,
  sweep: 1_100 * 1024,
  evidence: 640 * 1024,
  mechanism: 620 * 1024,
  drawing: 1_200 * 1024,
  other: 550 * 1024,
} as const;

export interface Bundle {
  /** Below `functions`: `guard`, `mechanisms/ecs`. */
  readonly folder: string;
  readonly bytes: number;
  readonly budget: number;
}

export interface Build {
  readonly bundles: readonly Bundle[];
  /** Folders that have a function.yml and no handler.ts: they cannot be deployed. */
  readonly missing: readonly string[];
}

/**
 * Bundles every function folder to `.build/<folder>/index.mjs`. `root` is the folder of serverless.yml.
 * @param onBundled called with the number of functions that are bundled, and of all
 */
export async function build(
  root = process.cwd(),
  onBundled: (done: number, of: number) => void = () => undefined,
): Promise<Build> {
  const folders = functionFolders(root);
  const [present, missing] = [
    folders.filter(hasHandler(root)),
    folders.filter((folder) => !hasHandler(root)(folder)),
  ];
  let done = 0;
  onBundled(done, present.length);
  const bundles = present.map(async (folder) => {
    const bundle = await bundleFolder(root, folder);
    onBundled((done += 1), present.length);
    return bundle;
  });
  return { bundles: await Promise.all(bundles), missing };
}

function functionFolders(root: string): string[] {
  const files = globSync(['functions/*/function.yml', 'functions/mechanisms/*/function.yml'], { cwd: root });
  return files.map((file) => path.relative('functions', path.dirname(file)).replaceAll(path.sep, '/')).sort();
}

function hasHandler(root: string): (folder: string) => boolean {
  return (folder) => existsSync(path.join(root, 'functions', folder, 'handler.ts'));
}

async function bundleFolder(root: string, folder: string): Promise<Bundle> {
  const outfile = `.build/${folder}/index.mjs`;
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: [`functions/${folder}/handler.ts`],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'error',
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
    plugins: [plainKeys, onlyVersions, directUtil],
    alias: {
      '@aws-sdk/credential-provider-node': path.join(root, 'src/lambda/credentials.ts'),
      '@smithy/core/event-streams': path.join(root, 'src/lambda/no-event-streams.ts'),
    },
    // CommonJS packages load Node's own modules with require, which an ES module does not have.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
  });
  return { folder, bytes: metafile.outputs[outfile]?.bytes ?? 0, budget: budgetOf(folder) };
}

/** Returns the largest size that the bundle of a function may have, in bytes. */
export function budgetOf(folder: string): number {
  if (folder === 'on-alarm') return BUDGETS.alarm;
  if (folder === 'on-request') return BUDGETS.request;
  if (folder.startsWith('on-')) return BUDGETS.trigger;
  if (folder.startsWith('mechanisms/')) return BUDGETS.mechanism;
  if (folder === 'draw-report') return BUDGETS.drawing;
  if (folder === 'evidence') return BUDGETS.evidence;
  return folder === 'sweep' ? BUDGETS.sweep : BUDGETS.other;
}

/** Formats a build for a terminal, one line a bundle. */
export function describe({ bundles, missing }: Build): string {
  const kib = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`.padStart(7);
  const lines = bundles.map(
    ({ folder, bytes, budget }) =>
      `${kib(bytes)}  ${folder}${bytes > budget ? `  over its budget of ${kib(budget).trim()}` : ''}`,
  );
  return [...lines, ...missing.map((folder) => `missing  ${folder} has no handler.ts`)].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) {
    console.log(
      'Usage: npm run build\n\nBundles every function folder to .build/<folder>/index.mjs and says how large each is.',
    );
    return;
  }
  const result = await build();
  console.log(describe(result));
  if (result.missing.length > 0 || result.bundles.some(({ bytes, budget }) => bytes > budget))
    process.exitCode = ENDED_BADLY;
}

if (process.argv[1] === import.meta.filename) await main();
