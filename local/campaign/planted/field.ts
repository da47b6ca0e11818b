import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PACKAGED, packageTemplate, STAMP } from '../../../scripts/package.ts';
import { planted, type Plant } from './plant.ts';

/** What the packaged template is made from. TypeScript runs as it is. */
const PACKAGED_FROM = /\.(?:yml|json)$/;

/** A copy of the project in which one plant at a time is put. */
export class Field {
  readonly folder: string;
  readonly #root: string;

  /** @param root of the project: a checkout */
  constructor(root: string) {
    this.#root = root;
    this.folder = mkdtempSync(path.join(tmpdir(), 'lastgood-planted-'));
    process.once('exit', () => this.remove());
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    for (const file of files.split('\0').filter((name) => name !== '')) this.#copy(file);
    cpSync(path.join(root, '.build'), path.join(this.folder, '.build'), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(this.folder, 'node_modules'));
  }

  /** Puts a plant in. Packages the template again where it is made from the file: the bundles are not. */
  async put(plant: Plant): Promise<void> {
    const file = path.join(this.folder, plant.file);
    writeFileSync(file, planted(plant, readFileSync(file, 'utf8')));
    if (PACKAGED_FROM.test(plant.file)) await packageTemplate(this.folder);
  }

  /** Takes it out again. */
  clear({ file }: Plant): void {
    this.#copy(file);
    if (PACKAGED_FROM.test(file)) [PACKAGED, STAMP].forEach((made) => this.#copy(made));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #copy(file: string): void {
    const to = path.join(this.folder, file);
    mkdirSync(path.dirname(to), { recursive: true });
    cpSync(path.join(this.#root, file), to);
  }
}
