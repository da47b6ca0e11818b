import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PACKAGED } from '../package.ts';
import { archiveOf, sha256, type Archive } from './archive.ts';
import { notesOf } from './notes.ts';
import { sbomOf } from './sbom.ts';
import { releasedTemplate, type Template } from './template.ts';

export interface Release {
  /** The folder that was written. */
  readonly folder: string;
  /** Its files, in order. */
  readonly files: readonly string[];
}

/** The file with the hash of every other one, as sha256sum writes and checks it. */
export const SUMS = 'SHA256SUMS';

/**
 * Writes a release from the packaged template and the bundles: the template for a bucket of the user's, the archives, a
 * bill of materials, notes and sums. Equal sources give equal bytes. Replaces the folder.
 * @param root the folder with the packaged template
 */
export function writeRelease(root: string, folder: string): Release {
  const { name, version } = readJson(root, 'package.json') as { name: string; version: string };
  const packaged = readJson(root, PACKAGED) as Template;
  const archives = new Map<string, Archive>();
  const template = releasedTemplate(packaged, (handler) => {
    const archive = archives.get(handler) ?? archiveOf(root, handler);
    archives.set(handler, archive);
    return archive.name;
  });
  const files = new Map<string, Uint8Array | string>([
    ['template.json', `${JSON.stringify(template, null, 1)}\n`],
    ['NOTES.md', notesOf(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8'), version)],
    ['sbom.cdx.json', sbomOf(root, name)],
    ...[...archives.values()].map(({ name: of, bytes }) => [of, bytes] as const),
  ]);
  const names = [...files.keys()].toSorted();
  const sums = names.map((one) => `${sha256(files.get(one) ?? '')}  ${one}\n`).join('');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [one, content] of [...files, [SUMS, sums] as const])
    writeFileSync(path.join(folder, one), content);
  return { folder, files: [...names, SUMS] };
}

function readJson(root: string, file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}
