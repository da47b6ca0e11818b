import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readIncident, Unreadable, type Incident } from './incident.ts';

/**
 * Reads the incidents of one file: a JSON document, or JSON Lines, gzipped or not; `-` is standard input.
 * @throws Unreadable naming the file, the line and the field
 */
export function readIncidents(file: string): Incident[] {
  const where = file === '-' ? 'standard input' : file;
  const text = textOf(file, where);
  const whole = parsed(text);
  if (whole !== undefined) return [read(whole, where)];
  const lines = text.split('\n').map((line, at) => ({ line, number: at + 1 }));
  const filled = lines.filter(({ line }) => line.trim() !== '');
  if (filled.length === 0) throw new Unreadable(`${where}: is empty`);
  return filled.map(({ line, number }) => {
    const one = parsed(line);
    if (one === undefined) throw new Unreadable(`${where}, line ${number}: is not JSON`);
    return read(one, `${where}, line ${number}`);
  });
}

function textOf(file: string, where: string): string {
  try {
    const bytes = readFileSync(file === '-' ? 0 : file);
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    throw new Unreadable(`${where}: ${(error as Error).message}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function read(one: unknown, where: string): Incident {
  try {
    return readIncident(one);
  } catch (error) {
    throw new Unreadable(`${where}: ${(error as Error).message}`);
  }
}
