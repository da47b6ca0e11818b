import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';

export interface Archive {
  /** `mechanism-ecs-0123456789abcdef.zip` */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The earliest time that a ZIP archive can hold. The time of a build must not change its hash. */
const NO_TIME = new Date(1980, 0, 1);

/**
 * Returns the archive of a function: its bundle, at the path that its handler names. Equal bundles give equal archives.
 * @param handler `.build/guard/index.handler`
 */
export function archiveOf(root: string, handler: string): Archive {
  const file = `${handler.slice(0, handler.lastIndexOf('.'))}.mjs`;
  const bytes = zipSync({
    [file]: [readFileSync(path.join(root, file)), { level: 9, mtime: NO_TIME, os: 3 }],
  });
  const name = path
    .dirname(file)
    .replace(/^\.build\//, '')
    .replaceAll('/', '-');
  return { name: `${name}-${sha256(bytes).slice(0, 16)}.zip`, bytes };
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
