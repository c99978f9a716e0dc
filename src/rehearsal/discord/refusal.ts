/** A request that Discord refuses, in Discord's words. */

export interface FieldError {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

export class Refusal extends Error {
  readonly status: number;
  readonly body: { message: string; code: number; errors?: object };

  constructor(status: number, code: number, message: string, errors?: object) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.body = errors ? { message, code, errors } : { message, code };
  }
}

// The codes and their texts: docs.discord.com, Topics, "Opcodes and Status Codes", JSON error codes.
export const unauthorized = () => new Refusal(401, 0, '401: Unauthorized');
export const notFound = () => new Refusal(404, 0, '404: Not Found');
export const unknownChannel = () => new Refusal(404, 10003, 'Unknown Channel');
export const unknownGuild = () => new Refusal(404, 10004, 'Unknown Guild');
export const unknownMessage = () => new Refusal(404, 10008, 'Unknown Message');
export const unknownUser = () => new Refusal(404, 10013, 'Unknown User');
export const unknownWebhook = () => new Refusal(404, 10015, 'Unknown Webhook');
export const unknownInteraction = () => new Refusal(404, 10062, 'Unknown interaction');
export const unknownCommand = () => new Refusal(404, 10063, 'Unknown application command');
export const tooManyFollowUps = () =>
  new Refusal(400, 40094, 'This interaction has hit the maximum number of follow up messages');
export const alreadyAcknowledged = () =>
  new Refusal(400, 40060, 'Interaction has already been acknowledged.');
export const missingAccess = () => new Refusal(403, 50001, 'Missing Access');
export const notYourMessage = () =>
  new Refusal(403, 50005, 'Cannot edit a message authored by another user');
export const emptyMessage = () => new Refusal(400, 50006, 'Cannot send an empty message');
export const missingPermissions = () => new Refusal(403, 50013, 'Missing Permissions');
export const invalidWebhookToken = () => new Refusal(401, 50027, 'Invalid Webhook Token');
export const invalidJson = () => new Refusal(400, 50109, 'The request body contains invalid JSON.');

interface ErrorTree {
  [key: string]: ErrorTree | { code: string; message: string }[];
}

/** 50035 with its tree of errors, each at its field: errors.data.content._errors and so on. */
export function invalidForm(fields: readonly FieldError[]): Refusal {
  const tree: ErrorTree = {};
  for (const { path, code, message } of fields) {
    let node = tree;
    for (const key of path) {
      const next = node[key];
      node = !next || Array.isArray(next) ? fresh(node, String(key)) : next;
    }
    const errors = node['_errors'];
    if (Array.isArray(errors)) errors.push({ code, message });
    else node['_errors'] = [{ code, message }];
  }
  return new Refusal(400, 50035, 'Invalid Form Body', tree);
}

function fresh(parent: ErrorTree, key: string): ErrorTree {
  const node: ErrorTree = {};
  parent[key] = node;
  return node;
}
