/** A request without the shape of its operation's input. `path` is the member, in the wire's own spelling. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
  readonly path: string;
  readonly problem: 'missing' | 'type' | 'syntax';

  constructor(path: string, problem: Malformed['problem'], message: string) {
    super(message);
    this.path = path;
    this.problem = problem;
  }
}

/** A model's answer without the shape of its operation's output: the model is wrong. */
export class WrongModel extends Error {
  override readonly name = 'WrongModel';
}
