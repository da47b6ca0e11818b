/** What no line may show. */
export interface Hidden {
  /** Values of environment variables. */
  readonly values: readonly string[];
  /** Names of environment variables and secrets, whose values may follow them in a log. */
  readonly names: readonly string[];
}

const MASK = '***';

/** A shorter value is masked only where it is a word of its own: `1` would mask every number. */
const MIN_ANYWHERE_CHARACTERS = 6;

/**
 * Well-known shapes of secrets. Issuers document their prefixes, such as
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
 * and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
const SHAPES: readonly (readonly [pattern: RegExp, mask: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, MASK],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, MASK],
  [/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, MASK],
  [/\b(Bearer|Basic|Digest)\s+[\w.~+/=-]{6,}/gi, `$1 ${MASK}`],
  [
    /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|xapp-|[sr]k_(?:live|test)_|sk-|npm_|AIza|SG\.)[\w.-]{8,}/g,
    MASK,
  ],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${MASK}@`],
  // A header of cookies has a list of values.
  [/\b((?:set-)?cookies?)\b["']?\s*[:=]?\s*(?=[\w.-]+=)[^\n]+/gi, `$1:${MASK}`],
  [
    /((?<![:/\w.-])[\w.-]*(?:password|passwd|pwd|passphrase|passcode|secret(?!smanager)|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|authorization|cookie|session[_-]?id|signature)\w*["']?\s*(?::|=>?)\s*)(?!\*\*\*)[^,;&}\]\n]+/gi,
    `$1${MASK}`,
  ],
  // Short words end a name: `DB_PASS=`, `x-auth:`, `"pw":`, and not `passed:` or `author:`. ECS says `registry auth:`.
  [
    /((?<![:/\w.-]|registry )(?:[\w.-]*[_.-])?(?:pass|pw|auth|sid|dsn|otp|jwt|apikey|sig|salt)["']?\s*(?::|=>?)\s*)(?!\*\*\*)[^,;&}\]\n]+/gi,
    `$1${MASK}`,
  ],
  [
    /(\b[a-z]+(?:Pass|Pw|Auth|Sid|Dsn|Otp|Jwt|Sig|Salt)["']?\s*(?::|=>?)\s*)(?!\*\*\*)[^,;&}\]\n]+/g,
    `$1${MASK}`,
  ],
  // A value after a word: `password "x" rejected`, `--password x`, `-u me:x`.
  [
    /\b(password|passwd|passphrase|passcode|secret|token|credentials?)(\s+)(["'`])(?:(?!\3).)+\3/gi,
    `$1$2${MASK}`,
  ],
  [
    /(--?[\w-]*(?:pass|password|passwd|pwd|secret|token|key|auth|credentials?)\s+)(?!\*\*\*)[^\s-]\S*/gi,
    `$1${MASK}`,
  ],
  [/((?:^|\s)(?:-u|--user)[\s=]*[^\s:]+:)\S+/g, `$1${MASK}`],
  // A login without a scheme: `me:x@tcp(db)`, `jdbc:oracle:thin:me/x@host`. A digest follows an image.
  [/(?<=^|[\s"'`=(,:])([\w.-]+[:/])[^\s/@:"'`]+@(?!sha256)(?=[\w([/])/g, `$1${MASK}@`],
];

/** Shapes that only a log holds by accident: names of AWS have them on purpose. */
const SHAPES_IN_LOGS: readonly RegExp[] = [
  // A line of Base64 alone, as of a key that was logged line by line.
  /^(?=.*[\d+/=])[A-Za-z0-9+/]{24,}={0,2}$/gm,
  /\b[0-9a-f]{32,}\b/gi,
  /(?<![\w+=-])(?=[\w+=-]*[a-z])(?=[\w+=-]*[A-Z])(?=[\w+=-]*\d)[\w+=-]{20,}/g,
];

export interface Mask {
  /** For lines that applications wrote. */
  readonly log: (text: string) => string;
  /**
   * For the words of AWS, which are not made of values. What the document names anyway stays, as `checkout` may also be
   * the value of a variable, and so does a short value: `1` is part of a Region.
   */
  readonly words: (text: string) => string;
}

/** @param known names that the document shows anyway, such as the target and the revisions */
export function maskOf({ values, names }: Hidden, known: string): Mask {
  const all = [...new Set(values.flatMap(formsOf))].filter((value) => value !== '');
  const inLogs = [...patternsOf(all), ...named(names)];
  const inWords = [
    ...patternsOf(all.filter((value) => value.length >= MIN_ANYWHERE_CHARACTERS && !known.includes(value))),
    ...named(names),
  ];
  const shaped = (text: string) =>
    SHAPES.reduce((masked, [shape, mask]) => masked.replace(shape, mask), text);
  const with_ = (patterns: readonly RegExp[], text: string) =>
    shaped(patterns.reduce((masked, pattern) => masked.replace(pattern, replaced), text));
  return {
    log: (text) => SHAPES_IN_LOGS.reduce((masked, shape) => masked.replace(shape, MASK), with_(inLogs, text)),
    words: (text) => with_(inWords, text),
  };
}

/** Masks what looks like a secret in words of another system, whose values are not known. */
export function maskForeign(text: string): string {
  return maskOf({ values: [], names: [] }, '').words(text);
}

/** Keeps the name before a value, if the pattern has one. */
function replaced(_: string, name: unknown): string {
  return typeof name === 'string' ? `${name}${MASK}` : MASK;
}

/** Returns how a program may write a value: as it is, each line of it, in JSON, in a URL, in Base64, and its password. */
function formsOf(value: string): readonly string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  const written = [value, value.trim(), ...(lines.length > 1 ? lines : []), ...passwordOf(value)];
  return written.flatMap((one) => [
    one,
    JSON.stringify(one).slice(1, -1),
    encodeURIComponent(one.toWellFormed()),
    ...(one.length < MIN_ANYWHERE_CHARACTERS ? [] : [Buffer.from(one).toString('base64').replace(/=+$/, '')]),
  ]);
}

function passwordOf(value: string): readonly string[] {
  const { password = '' } = URL.parse(value) ?? {};
  if (password === '') return [];
  const plain = /%[0-9a-f]{2}/i.test(password) ? [unescape(password)] : [];
  return [password, ...plain];
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns patterns of the values, longest first: one may contain another. */
function patternsOf(values: readonly string[]): readonly RegExp[] {
  const ordered = values.toSorted((one, other) => other.length - one.length);
  const long = ordered.filter(({ length }) => length >= MIN_ANYWHERE_CHARACTERS).map(literal);
  const short = ordered.filter(({ length }) => length < MIN_ANYWHERE_CHARACTERS).map(literal);
  return [
    ...(long.length === 0 ? [] : [new RegExp(long.join('|'), 'g')]),
    ...(short.length === 0 ? [] : [new RegExp(`(?<!\\w)(?:${short.join('|')})(?!\\w)`, 'g')]),
  ];
}

function named(names: readonly string[]): readonly RegExp[] {
  const some = [...new Set(names)].filter((name) => name !== '').map(literal);
  if (some.length === 0) return [];
  return [new RegExp(`((?<!\\w)(?:${some.join('|')})["']?\\s*(?::|=>?)\\s*)[^,;&}\\]\\n]+`, 'g')];
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
