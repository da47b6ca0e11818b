import { writeFile } from 'node:fs/promises';
import { WrongUse } from '../command-line/status.ts';

/** Reasons for which the system refuses to write a file, by the code of the error. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'you may not write there',
  ENOSPC: 'the disk is full',
};

/**
 * Writes the file that --out names.
 * @throws WrongUse naming --out, if it cannot be written
 */
export async function writeOut(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new WrongUse(`--out ${JSON.stringify(file)} cannot be written: ${REASONS[code] ?? code}`);
  }
}
