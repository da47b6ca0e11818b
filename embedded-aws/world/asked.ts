import type { Behaviour } from './seams.ts';

/*
 * The words with which a client makes a release bad. A departure from AWS, which gives them no meaning.
 */

/** The part of a behaviour that a client asked for. */
export type Asked = Partial<Behaviour>;

interface Word {
  readonly means: string;
  /** Returns null for a value without meaning. */
  readonly read: (value: string) => Asked | null;
}

const ERRORS: Word = {
  means: 'the fraction of answers that are errors, from 0 to 1, such as 0.4',
  read: (value) =>
    /^(\d+|\d*\.\d+)$/.test(value) && Number(value) <= 1 ? { errorRate: Number(value) } : null,
};

const LATENCY: Word = {
  means: 'the milliseconds that an answer takes, such as 1500',
  read: (value) => (/^\d{1,6}$/.test(value) ? { latency: Number(value) / 1000 } : null),
};

const STARTS: Word = {
  means: "'never' (exits at once) or 'unhealthy' (fails its health checks)",
  read: (value) => STARTS_OF.get(value) ?? null,
};

/** An instance has no container that exits. One that never starts fails its health checks. */
const STARTS_OF: ReadonlyMap<string, Asked> = new Map([
  ['never', { health: 'fails', exitsAfterSeconds: 2, exitCode: 1 }],
  ['unhealthy', { health: 'fails' }],
]);

interface Words {
  readonly prefix: string;
  readonly words: Readonly<Record<string, Word>>;
}

/** Words in tags of a task definition, or of the instances of a launch template. */
const TAGS: Words = {
  prefix: 'embedded-aws:',
  words: { 'embedded-aws:errors': ERRORS, 'embedded-aws:latency': LATENCY, 'embedded-aws:starts': STARTS },
};

/** Words in environment variables of a function. */
const VARIABLES: Words = {
  prefix: 'EMBEDDED_AWS_',
  words: { EMBEDDED_AWS_ERRORS: ERRORS, EMBEDDED_AWS_LATENCY: LATENCY },
};

/** Words in the metadata of an object that a pipeline releases. */
const METADATA: Words = {
  prefix: 'embedded-aws-',
  words: { 'embedded-aws-errors': ERRORS, 'embedded-aws-latency': LATENCY },
};

type Pairs = Readonly<Record<string, string>>;

/** Returns the error of a service, with its own name for a bad value. */
type Refuse = (message: string) => Error;

/** @throws the service's error for an unknown word, or a value without meaning */
export function askedInTags(tags: Pairs, refuse: Refuse): Asked {
  return read(tags, TAGS, refuse);
}

/** @throws the service's error for an unknown word, or a value without meaning */
export function askedInVariables(variables: Pairs, refuse: Refuse): Asked {
  return read(variables, VARIABLES, refuse);
}

/** @throws the service's error for an unknown word, or a value without meaning */
export function askedInMetadata(metadata: Pairs, refuse: Refuse): Asked {
  return read(metadata, METADATA, refuse);
}

/** Returns the behaviour itself if nothing was asked: those who compare behaviours by identity then see one. */
export function asAsked<Known extends Asked>(behaviour: Known, asked: Asked): Known {
  return Object.keys(asked).length === 0 ? behaviour : { ...behaviour, ...asked };
}

function read(pairs: Pairs, { prefix, words }: Words, refuse: Refuse): Asked {
  let asked: Asked = {};
  for (const [name, value] of Object.entries(pairs)) {
    if (!name.startsWith(prefix)) continue;
    const word = words[name];
    if (word === undefined)
      throw refuse(`${name} is unknown: the embedded AWS reads ${Object.keys(words).join(', ')}.`);
    const found = word.read(value);
    if (found === null) throw refuse(`${name} must be ${word.means}; it is '${value}'.`);
    asked = { ...asked, ...found };
  }
  return asked;
}
