/** Discord's published schemas, and what they find put as Discord words it. */

import type { ZodMiniType } from 'zod/mini';
import { type FieldError, invalidForm } from './refusal.ts';

type Checked<Output> =
  | { readonly value: Output; readonly errors?: never }
  | { readonly errors: FieldError[] };

type Path = readonly (string | number)[];

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly format?: string;
  readonly values?: readonly unknown[];
  readonly errors?: readonly (readonly Issue[])[];
}

/**
 * Checks a request against one of Discord's schemas. Fields that Discord doesn't know are dropped,
 * as Discord does: the schemas are built when the package loads, so its `setStrictObject` comes too
 * late to change that.
 */
export function check<Output>(
  schema: ZodMiniType<Output>,
  body: unknown,
  at: Path = [],
): Checked<Output> {
  const result = schema.safeParse(body);
  if (result.success) return { value: result.data };
  return { errors: result.error.issues.flatMap((issue) => fields(issue, body, at)) };
}

/** The body as its schema reads it, an absent one as {}; throws 50035. */
export function required<Output>(schema: ZodMiniType<Output>, body: unknown): Output {
  const result = check(schema, body ?? {});
  if (result.errors) throw invalidForm(result.errors);
  return result.value;
}

function fields(issue: Issue, body: unknown, at: Path): FieldError[] {
  const own = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const path = [...at, ...own];
  const value = own.reduce<unknown>((node, key) => member(node, key), body);
  if (issue.code === 'invalid_union') {
    const branch = issue.errors?.find(
      (issues) => !issues.some(({ path: [key, more] }) => key === 'type' && more === undefined),
    );
    if (branch && value !== undefined) return branch.flatMap((inner) => fields(inner, value, path));
    if (value !== undefined && typeof value === 'object') {
      return [field([...path, 'type'], 'BASE_TYPE_CHOICES', 'This type is not allowed here.')];
    }
  }
  if (value === undefined) return [field(path, 'BASE_TYPE_REQUIRED', 'This field is required')];
  return [{ path, ...wording(issue, value) }];
}

function wording(issue: Issue, value: unknown): { code: string; message: string } {
  const { minimum, maximum } = issue;
  switch (issue.code) {
    case 'too_big':
      if (typeof value === 'number') {
        return said('NUMBER_TYPE_MAX', `int value should be less than or equal to ${maximum}.`);
      }
      return said('BASE_TYPE_MAX_LENGTH', `Must be ${maximum} or fewer in length.`);
    case 'too_small':
      if (typeof value === 'number') {
        return said('NUMBER_TYPE_MIN', `int value should be greater than or equal to ${minimum}.`);
      }
      return value === ''
        ? said('BASE_TYPE_REQUIRED', 'This field is required')
        : said('BASE_TYPE_MIN_LENGTH', `Must be ${minimum} or more in length.`);
    case 'invalid_value':
      return said('BASE_TYPE_CHOICES', `Value must be one of (${issue.values?.join(', ')}).`);
    case 'invalid_format':
      return issue.format === 'url'
        ? said('URL_TYPE_INVALID_URL', 'Not a well formed URL.')
        : said('STRING_TYPE_REGEX', 'String value did not match validation regex.');
    default:
      return said('BASE_TYPE_BAD_TYPE', 'This value has the wrong type.');
  }
}

function said(code: string, message: string) {
  return { code, message };
}

export function field(path: Path, code: string, message: string): FieldError {
  return { path, code, message };
}

function member(node: unknown, key: string | number): unknown {
  if (Array.isArray(node)) return typeof key === 'number' ? node[key] : undefined;
  return isRecord(node) ? node[key] : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
