import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { PACKAGED } from '../../../scripts/package.ts';
import { notesOf } from '../../../scripts/release/notes.ts';
import { SUMS, writeRelease } from '../../../scripts/release/release.ts';
import type { Template } from '../../../scripts/release/template.ts';

const places: string[] = [];
afterAll(() => places.forEach((one) => rmSync(one, { recursive: true, force: true })));

function written() {
  const place = mkdtempSync(path.join(tmpdir(), 'release-'));
  places.push(place);
  return writeRelease('.', path.join(place, 'release'));
}

const release = written();
const read = (file: string, folder = release.folder) => readFileSync(path.join(folder, file));
const template = JSON.parse(read('template.json').toString()) as Template;
const archives = release.files.filter((file) => file.endsWith('.zip'));
const BUCKET = { Bucket: 'my-releases', Prefix: 'lastgood/' };

describe('a release', () => {
  it('is the same, byte for byte, when it is written again', () => {
    const again = written();
    expect(again.files).toEqual(release.files);
    expect(read(SUMS, again.folder).toString()).toBe(read(SUMS).toString());
  });

  it('has the sums of all its files, which sha256sum can check', () => {
    const named = read(SUMS)
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.split('  ')[1]);
    expect(named).toEqual(release.files.filter((file) => file !== SUMS));
    const { status, stderr } = spawnSync('sha256sum', ['--check', '--strict', '--quiet', SUMS], {
      cwd: release.folder,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe('the template of a release', () => {
  it('makes the stack of the packaged template, but for the bucket of the bundles', () => {
    const { outputs, ignored, ...released } = readStack(
      path.join(release.folder, 'template.json'),
      '.',
      BUCKET,
    );
    const packaged = readStack(PACKAGED, '.');
    const isOfBucket = (id: string) => id.startsWith('ServerlessDeployment');
    const isDeployed = (name: string) => name !== 'lastgood-prod-serverlessdeploymentbucket';
    expect(released).toEqual({
      ...packaged,
      outputs: undefined,
      ignored: undefined,
      buckets: packaged.buckets.filter(isDeployed),
      bucketPolicies: packaged.bucketPolicies.filter(({ bucket }) => isDeployed(bucket)),
    });
    expect(ignored).toEqual(packaged.ignored.filter((id) => !isOfBucket(id)));
    const kept = Object.entries(packaged.outputs).filter(([name]) => !isOfBucket(name));
    expect(outputs).toEqual(Object.fromEntries(kept));
  });

  it('takes each function from the archive with its handler, in the bucket that the user names', () => {
    const functions = Object.values(template.Resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::Function',
    );
    // Two functions may run one bundle.
    const handlers = functions.map(({ Properties = {} }) => Properties['Handler']);
    expect(new Set(handlers).size).toBe(archives.length);
    for (const { Properties = {} } of functions) {
      const code = Properties['Code'] as { S3Bucket: unknown; S3Key: { 'Fn::Sub': string } };
      expect(code.S3Bucket).toEqual({ Ref: 'Bucket' });
      const [, archive = ''] = /^\$\{Prefix\}(.+\.zip)$/.exec(code.S3Key['Fn::Sub']) ?? [];
      const file = String(Properties['Handler']).replace(/\.handler$/, '.mjs');
      const files = unzipSync(read(archive));
      expect(Object.keys(files)).toEqual([file]);
      expect(Buffer.from(files[file] ?? []).equals(readFileSync(file))).toBe(true);
    }
  });

  it('refers to nothing that it leaves out', () => {
    expect(JSON.stringify(template)).not.toContain('ServerlessDeployment');
    expect(template.Parameters).toHaveProperty('Bucket');
  });
});

describe('the bill of materials', () => {
  const bom = JSON.parse(read('sbom.cdx.json').toString()) as {
    bomFormat: string;
    components: { purl: string; hashes?: unknown[] }[];
  };
  const names = bom.components.map(({ purl }) =>
    decodeURIComponent(purl).replace(/^pkg:npm\/(.+)@.*$/, '$1'),
  );

  it('names the packages in the bundles, and none that only builds or tests', () => {
    expect(bom.bomFormat).toBe('CycloneDX');
    expect(names).toEqual(expect.arrayContaining(['@aws-sdk/client-ecs', '@middy/core', 'zod']));
    expect(names.filter((name) => /^(vitest|eslint|serverless|osls|esbuild|dynalite)$/.test(name))).toEqual(
      [],
    );
  });

  it('says nothing of when, where and from which registry', () => {
    const text = read('sbom.cdx.json').toString();
    expect(text).not.toMatch(/serialNumber|timestamp|"distribution"/);
    expect(text).not.toContain(
      path.basename(process.cwd()) === 'lastgood' ? '\0' : `"${path.basename(process.cwd())}"`,
    );
  });
});

describe('the notes', () => {
  const changelog = '# Changelog\n\n## Unreleased\n\n- new\n\n## 0.1.0 (2026-11-30)\n\n- old\n';

  it('are those of the version, or else of what is not released yet', () => {
    expect(notesOf(changelog, '0.1.0')).toBe('# Lastgood 0.1.0\n\n- old\n');
    expect(notesOf(changelog, '0.2.0')).toBe('# Lastgood 0.2.0\n\n- new\n');
    expect(() => notesOf('# Changelog\n', '0.2.0')).toThrow('has no section 0.2.0');
  });
});
