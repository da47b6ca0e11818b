import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { Modelled } from './modelled.ts';

/** The package's folder. */
export const PACKAGE = path.resolve(import.meta.dirname, '..');

/** The code of a service. */
export interface Code {
  /** The file or folder that holds it, below the package: `world/ecs`. */
  readonly place: string;
  /** Its doc comment, without addresses. */
  readonly note: string;
  /** Addresses of the pages in its comments. */
  readonly pages: readonly string[];
}

/**
 * Finds the code of a service.
 * @throws Error when not exactly one file has its mark
 */
export function codeOf({ code: { below, mark } }: Pick<Modelled, 'code'>): Code {
  const [file, ...more] = filesIn(below).filter((one) => read(one).includes(mark));
  if (file === undefined || more.length > 0)
    throw new Error(`${file === undefined ? 'no file' : 'more than one file'} below ${below} has ${mark}`);
  const place = placeOf(file, below);
  return { place, note: noteOn(mark, read(file)), pages: pagesIn(place) };
}

/** Returns the page addresses in the comments of a file, or of a folder's files. A file's own folder counts too. */
export function pagesIn(place: string): readonly string[] {
  const files = place.endsWith('.ts') ? [place, ...filesIn(place.replace(/\.ts$/, ''))] : filesIn(place);
  return [...new Set(files.flatMap((file) => addressesIn(read(file))))].toSorted();
}

/** Returns the addresses in the comments of a source text, each without its anchor. */
export function addressesIn(text: string): readonly string[] {
  const comments = text.split('\n').filter((line) => /^\s*(\/\*|\*|\/\/)/.test(line));
  return comments
    .flatMap((line) => line.match(/https:\/\/[^\s)>,;'"`]+/g) ?? [])
    .map((address) => address.replace(/#.*$/, '').replace(/[.:]+$/, ''));
}

/** Returns the doc comment of the declaration that contains a mark, as one line. */
export function noteOn(mark: string, text: string): string {
  const source = ts.createSourceFile('service.ts', text, ts.ScriptTarget.Latest, true);
  const declaration = source.statements.find((one) => one.getText().includes(mark));
  const [doc] = declaration === undefined ? [] : ts.getJSDocCommentsAndTags(declaration);
  const said = ts.getTextOfJSDocComment(doc?.comment) ?? '';
  const sentences = `${said.replaceAll(/:?\s*https:\/\/\S+/g, '.')}.`;
  return sentences.replaceAll(/\.{2,}/g, '.').replaceAll(/\s+/g, ' ');
}

/** Returns a service's folder, or its file if it has only one. */
function placeOf(file: string, below: string): string {
  const folder = path.posix.dirname(file);
  return folder === below ? file : folder;
}

function filesIn(place: string): readonly string[] {
  return globSync(`${place}/**/*.ts`, { cwd: PACKAGE })
    .map((file) => file.replaceAll(path.sep, '/'))
    .toSorted();
}

function read(file: string): string {
  return readFileSync(path.join(PACKAGE, file), 'utf8');
}
