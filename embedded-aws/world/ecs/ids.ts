import type { Random } from '../random.ts';

const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Makes ECS's identifiers, in the lengths and alphabets of its recorded answers. */
export class Ids {
  readonly #random: Random;
  #addresses = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  uuid = (): string => this.#random.uuid();
  task = (): string => this.#random.hex(32);
  revision = (): string => this.#random.digits(19);
  rollout = (): string => `ecs-svc/${this.#random.digits(19)}`;
  networkInterface = (): string => `eni-${this.#random.hex(17)}`;
  serviceDeployment = (): string =>
    Array.from({ length: 21 }, () => URL_SAFE[Math.floor(this.#random.next() * URL_SAFE.length)]).join('');

  /** Returns a private address for one task, as awsvpc networking assigns it. */
  address(): string {
    const number = this.#addresses++;
    return `10.${Math.floor(number / 62_500)}.${Math.floor(number / 250) % 250}.${(number % 250) + 4}`;
  }
}
