import { AwsError } from '../service.ts';

/** A parsed metric math expression. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[] }
  | { readonly kind: 'negate'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

/** Operators from the loosest to the tightest. */
const LEVELS: readonly (readonly string[])[] = [
  ['OR', '||'],
  ['AND', '&&'],
  ['<', '<=', '>', '>=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];

/**
 * Parses the arithmetic of metric math: numbers, ids, arrays, function calls and the operators.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 *
 * @throws AwsError `ValidationError` that quotes the expression
 */
export function parseExpression(text: string): Expression {
  const tokens =
    text.match(
      /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|<=|>=|==|!=|&&|\|\||[-+*/^()[\],<>]|"[^"]*"|\S/g,
    ) ?? [];
  const parser = new Parser(tokens, text);
  const expression = parser.level(0);
  parser.end();
  return expression;
}

class Parser {
  #next = 0;
  readonly #tokens: readonly string[];
  readonly #text: string;

  constructor(tokens: readonly string[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  level(depth: number): Expression {
    const operators = LEVELS[depth];
    if (operators === undefined) return this.#unary();
    let left = this.level(depth + 1);
    for (let token = this.#peek(); token !== undefined && operators.includes(token); token = this.#peek()) {
      this.#next++;
      left = { kind: 'binary', operator: token, left, right: this.level(depth + 1) };
    }
    return left;
  }

  end(): void {
    if (this.#peek() !== undefined) throw this.#wrong();
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next];
  }

  #unary(): Expression {
    if (!this.#take('-')) return this.#primary();
    return { kind: 'negate', of: this.#unary() };
  }

  #primary(): Expression {
    const token = this.#peek();
    if (token === undefined) throw this.#wrong();
    this.#next++;
    if (token === '(') return this.#closed(this.level(0), ')');
    if (token === '[') return { kind: 'array', items: this.#list(']') };
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) };
    if (!/^[A-Za-z_]/.test(token)) throw this.#wrong();
    return this.#take('(')
      ? { kind: 'call', name: token, given: this.#list(')') }
      : { kind: 'name', name: token };
  }

  #list(end: string): readonly Expression[] {
    const items: Expression[] = [];
    if (this.#take(end)) return items;
    do items.push(this.level(0));
    while (this.#take(','));
    return this.#closed(items, end);
  }

  #closed<T>(result: T, end: string): T {
    if (!this.#take(end)) throw this.#wrong();
    return result;
  }

  #take(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#next++;
    return true;
  }

  #wrong(): AwsError {
    return new AwsError('ValidationError', `Error in expression '${this.#text}': cannot be parsed`);
  }
}

/** Returns the ids that an expression refers to. */
export function idsIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return [expression.name];
    case 'array':
      return expression.items.flatMap(idsIn);
    case 'call':
      return expression.given.flatMap(idsIn);
    case 'negate':
      return idsIn(expression.of);
    case 'binary':
      return [...idsIn(expression.left), ...idsIn(expression.right)];
  }
}
