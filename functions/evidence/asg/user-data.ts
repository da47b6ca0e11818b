import { gunzipSync } from 'node:zlib';
import type { Hidden } from '../../../src/aws/mask.ts';

/** EC2 takes 16 KB of user data. It may be compressed. */
const MAX_PLAIN_BYTES = 1024 * 1024;

/** `NAME=value` of a shell or a unit, and `name: value` of YAML or JSON. */
const ASSIGNMENTS = [
  /(?<![\w-])([A-Za-z_][\w.-]*)\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"';&|]+)/g,
  /(?:^|[\s{,])["']?([A-Za-z_][\w.-]*)["']?:[ \t]+("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,}\]#]+)/gm,
];

/**
 * Returns what no line may show: the values in the user data of a launch template. They are the environment of an
 * instance, as far as EC2 knows it.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 * @throws Error if the user data cannot be unpacked: its values are unknown then
 */
export function hiddenIn(encoded = ''): Hidden {
  const found = assignmentsIn(plain(Buffer.from(encoded, 'base64')));
  return { names: found.map(({ name }) => name), values: found.map(({ value }) => value) };
}

interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** Finds assignments, also those in the value of another: `Environment="LOGIN=five"`. */
function assignmentsIn(text: string): readonly Assignment[] {
  const found = ASSIGNMENTS.flatMap((pattern) => [...text.matchAll(pattern)]).map(
    ([, name = '', value = '']) => ({ name, value: value.replace(/^(["'])(.*)\1$/s, '$2') }),
  );
  return [
    ...found,
    ...found.flatMap(({ value }) => (value.length < text.length ? assignmentsIn(value) : [])),
  ];
}

/** Unpacks user data, as cloud-init does. */
function plain(data: Buffer): string {
  const isPacked = data[0] === 0x1f && data[1] === 0x8b;
  return (isPacked ? gunzipSync(data, { maxOutputLength: MAX_PLAIN_BYTES }) : data).toString('utf8');
}
