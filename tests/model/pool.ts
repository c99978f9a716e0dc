/** Values by number, the same number for the same JSON: states stay small, and compare as text does. */
export class Pool<Value> {
  readonly #numbers = new Map<string, number>();
  readonly #values: Value[] = [];

  number(value: Value): number {
    const text = JSON.stringify(value);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#values.length;
    this.#numbers.set(text, number);
    this.#values.push(value);
    return number;
  }

  value(number: number): Value {
    const value = this.#values[number];
    if (value === undefined) throw new RangeError(`there is no value ${number}`);
    return value;
  }
}
