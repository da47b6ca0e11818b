import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Component {
  readonly 'bom-ref': string;
  readonly externalReferences?: readonly { readonly type: string }[];
}

interface Bom {
  readonly metadata: { readonly component: object };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * Returns a CycloneDX bill of the packages whose code is in the bundles: `npm sbom`, which needs no network, without the
 * packages that only build and test. Leaves out what differs from build to build: a serial number, a time, the folder's
 * name, and the registry that a package came from. The hashes say what it is.
 * https://docs.npmjs.com/cli/v11/commands/npm-sbom
 */
export function sbomOf(root: string, name: string): string {
  const { components, dependencies, metadata, ...bom } = npmSbom(root);
  const bundled = bundledIn(root);
  const kept = components.filter((one) => bundled.has(one['bom-ref']));
  const released = {
    ...without(bom, 'serialNumber'),
    metadata: { ...without(metadata, 'timestamp'), component: { ...metadata.component, name } },
    components: kept.map(withoutPlace),
    dependencies: dependencies
      .filter(({ ref }) => bundled.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => bundled.has(one)) })),
  };
  return `${JSON.stringify(released, null, 2)}\n`;
}

function without(fields: object, name: string): object {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}

function npmSbom(root: string): Bom {
  const { status, stdout, stderr } = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--offline'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`npm sbom failed:\n${stderr}`);
  return JSON.parse(stdout) as Bom;
}

/** Everything that is bundled is required, though npm sees development dependencies. */
function withoutPlace({ externalReferences = [], ...component }: Component): object {
  const references = externalReferences.filter(({ type }) => type !== 'distribution');
  return { ...without(component, 'properties'), scope: 'required', externalReferences: references };
}

/** Returns the packages in the bundles, from the source maps, as npm refers to them: `zod@4.6.7`. */
function bundledIn(root: string): ReadonlySet<string> {
  const maps = globSync('.build/**/index.mjs.map', { cwd: root });
  if (maps.length === 0) throw new Error('there are no source maps in .build; run npm run package');
  const folders = new Set(maps.flatMap((map) => foldersIn(root, map)));
  return new Set([...folders].map((folder) => referenceOf(root, folder)));
}

/** Returns the folders of the packages in one bundle. */
function foldersIn(root: string, map: string): readonly string[] {
  const { sources } = JSON.parse(readFileSync(path.join(root, map), 'utf8')) as { sources: string[] };
  return sources.flatMap((source) => {
    const file = path.posix.join(path.posix.dirname(map), source);
    return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? [];
  });
}

function referenceOf(root: string, folder: string): string {
  const { name, version } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return `${name}@${version}`;
}
