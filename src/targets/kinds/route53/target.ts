import type { Kind } from '../../kind.ts';

/** A weighted record as a target names it: `Z3M3LMPEXAMPLE/www.example.com/A`. */
export interface RecordName {
  readonly zone: string;
  /** As IAM's condition keys and our targets have it: no dot at the end, codes for special characters, but `*` as it is. */
  readonly name: string;
  readonly type: string;
}

const ZONE = /^Z[A-Z0-9]{1,31}$/;

/** One label: what Route 53 answers with, so that each record has one name only. */
const LABEL = /^(?:[a-z0-9_-]|\\[0-7]{3}){1,252}$/;

/** Types that can be weighted (API_ResourceRecordSet, Amazon Route 53). */
const TYPES = [
  ...[
    'A',
    'AAAA',
    'CAA',
    'CNAME',
    'HTTPS',
    'MX',
    'NAPTR',
    'PTR',
    'SPF',
    'SRV',
    'SSHFP',
    'SVCB',
    'TLSA',
    'TXT',
  ],
];

/** Splits `Z3M3LMPEXAMPLE/www.example.com/A`. The name was checked when the target was read. */
function readName(text: string): RecordName {
  const [zone = '', name = '', type = ''] = text.split('/');
  return { zone, name, type };
}

/** The record behind a target string: `Z3M3LMPEXAMPLE/www.example.com/A` of `route53:Z3M3LMPEXAMPLE/www.example.com/A`. */
export function recordOf(target: string): RecordName {
  return readName(target.slice(target.indexOf(':') + 1));
}

/** `\052.example.com.` of `*.example.com`, which is how Route 53 lists it. */
export function listedName({ name }: RecordName): string {
  return `${name.replace(/^\*(?=\.)/, '\\052')}.`;
}

/** The target of a record as it is listed. */
export function targetOf(zone: string, listed: string, type: string): string {
  return `route53:${zone}/${listed.replace(/\.$/, '').replace(/^\\052(?=\.)/, '*')}/${type}`;
}

function problemOf(text: string): string | null {
  const parts = text.split('/');
  if (parts.length !== 3)
    return `${JSON.stringify(text)} must be a hosted zone, a record and a type: Z3M3LMPEXAMPLE/www.example.com/A`;
  const { zone, name, type } = readName(text);
  if (!ZONE.test(zone))
    return `${JSON.stringify(zone)} is not the id of a hosted zone, such as Z3M3LMPEXAMPLE`;
  if (!TYPES.includes(type))
    return `${JSON.stringify(type)} is not a type of record that can be weighted: ${TYPES.join(', ')}`;
  return isListed(name)
    ? null
    : `${JSON.stringify(name)} must be a record's name as Route 53 lists it: in lower case, with no dot at the end, and with codes such as \\057 for special characters`;
}

function isListed(name: string): boolean {
  const labels = name.split('.');
  return name.length <= 1024 && labels.every((label, i) => LABEL.test(label) || (i === 0 && label === '*'));
}

/**
 * `route53:zone/name/type`: weighted records. No metric has their name as a dimension and no event tells of their
 * changes: the tag of an alarm names the target, and the sweep sees what changed. Records have no tags; their zones do.
 */
export const kind: Kind = {
  name: 'route53',
  problemOf,
  fromDimensions: () => null,
  fromArn: () => null,
  fromDeploymentEvent: () => null,
};
