/** Whether something that was read is what it should be. */
export type Is<T> = (value: unknown) => value is T;

/** The keys that an object of a type need not have. */
type OptionalKey<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];

/** A check for every field of a type: one that is forgotten, or that is none of it, does not compile. */
interface Fields<T> {
  readonly required: { readonly [K in Exclude<keyof T, OptionalKey<T>>]: Is<T[K]> };
  readonly optional: { readonly [K in OptionalKey<T>]-?: Is<Exclude<T[K], undefined>> };
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** One of Discord's ids, or of ours, or none: they become part of what is said. */
export function isId(value: unknown): value is string {
  return isString(value) && value.length <= 32;
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** A time in ms, or a span; JSON can hold a number that is too large to be one. */
export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** 0, 1, 2, ... */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

export function is<const T extends string | number | boolean>(constant: T): Is<T> {
  return (value): value is T => value === constant;
}

export function isOneOf<const T>(constants: readonly T[]): Is<T> {
  return (value): value is T => constants.some((constant) => constant === value);
}

export function either<A, B>(isOne: Is<A>, isOther: Is<B>): Is<A | B> {
  return (value): value is A | B => isOne(value) || isOther(value);
}

export function isArrayOf<T>(isItem: Is<T>): Is<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(isItem);
}

export function isPair<A, B>(isFirst: Is<A>, isSecond: Is<B>): Is<[A, B]> {
  return (value): value is [A, B] =>
    Array.isArray(value) && value.length === 2 && isFirst(value[0]) && isSecond(value[1]);
}

/** An object as JSON has it: neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with these fields; what else it has is of no account. */
export function hasShape<T extends object>({ required, optional }: Fields<T>): Is<T> {
  const needed = Object.entries<Is<unknown>>(required);
  const possible = Object.entries<Is<unknown>>(optional);
  return (value): value is T =>
    isObject(value) &&
    needed.every(([key, isField]) => isField(value[key])) &&
    possible.every(([key, isField]) => value[key] === undefined || isField(value[key]));
}
