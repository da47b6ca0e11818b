/** The tokens of an expression, read in sequence. */
export class Tokens {
  readonly #words: readonly string[];
  readonly #text: string;
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#words = text.match(/[#:]?[A-Za-z_][A-Za-z0-9_]*|<>|<=|>=|[=<>(),]|\S/g) ?? [];
  }

  /** Returns the next token, or an empty text at the end. */
  peek(): string {
    return this.#words[this.#next] ?? '';
  }

  take(): string {
    const word = this.peek();
    if (word === '') this.refuse('it ends too early');
    this.#next++;
    return word;
  }

  /** Consumes the next token if it is this one. Keywords ignore case. */
  takeIf(word: string): boolean {
    if (this.peek().toUpperCase() !== word.toUpperCase()) return false;
    this.#next++;
    return true;
  }

  expect(word: string): void {
    if (!this.takeIf(word)) this.refuse(`${word} is due before ${JSON.stringify(this.peek())}`);
  }

  end(): void {
    if (this.peek() !== '') this.refuse(`nothing is due before ${JSON.stringify(this.peek())}`);
  }

  refuse(why: string): never {
    throw new Error(`the expression ${JSON.stringify(this.#text)} is not modelled: ${why}`);
  }
}
