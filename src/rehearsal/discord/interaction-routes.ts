/** REST: answers to interactions, and what their tokens allow afterwards. No bot token needed. */

import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod';
import type { ZodMiniType } from 'zod/mini';
import type { CallbackBody } from './body.ts';
import {
  answer,
  Callback,
  checkOpen,
  edit,
  followUp,
  type Interaction,
  Kind,
  remove,
  TOKEN_LIFE,
} from './interactions.ts';
import { invalidForm, invalidWebhookToken, unknownMessage, unknownWebhook } from './refusal.ts';
import type { Reply, RequestRecord, Route } from './requests.ts';
import { field, isRecord, required } from './schema.ts';
import { Flag } from './wire.ts';
import type { Post, World } from './world.ts';

const SCHEMAS = new Map<unknown, ZodMiniType<CallbackBody>>([
  [Callback.message, CreateMessageInteractionCallbackRequestSchema],
  [Callback.deferMessage, CreateMessageInteractionCallbackRequestSchema],
  [Callback.deferUpdate, UpdateMessageInteractionCallbackRequestSchema],
  [Callback.update, UpdateMessageInteractionCallbackRequestSchema],
  [Callback.choices, ApplicationCommandAutocompleteCallbackRequestSchema],
]);

const MAX_CHOICE = 100;

const ALLOWED: Record<number, readonly number[]> = {
  [Kind.command]: [Callback.message, Callback.deferMessage],
  [Kind.component]: [
    Callback.message,
    Callback.deferMessage,
    Callback.deferUpdate,
    Callback.update,
  ],
  [Kind.autocomplete]: [Callback.choices],
};

export function interactionRoutes(world: World, byToken: Map<string, Interaction>): Route[] {
  const acknowledged = (applicationId: string, token: string): Interaction => {
    if (applicationId !== world.applicationId) throw unknownWebhook();
    const interaction = byToken.get(token);
    if (!interaction || world.now() - interaction.createdAt > TOKEN_LIFE) {
      throw invalidWebhookToken();
    }
    if (interaction.state !== 'answered' || interaction.callbackType === Callback.choices) {
      throw unknownWebhook();
    }
    return interaction;
  };
  const post = (interaction: Interaction, id: string): Post => {
    const found = id === '@original' ? interaction.original : world.posts.get(id);
    const own = found === interaction.pressed || found?.interactionToken === interaction.token;
    if (!found || found.deleted || !own) throw unknownMessage();
    return found;
  };
  const message = '/webhooks/(\\d+)/([^/]+)/messages/(@original|\\d+)';

  return [
    {
      method: 'POST',
      path: /^\/interactions\/(\d+)\/([^/]+)\/callback$/,
      open: true,
      handle: (request, id, token) => callback(world, byToken.get(token ?? ''), request, id),
    },
    {
      method: 'POST',
      path: /^\/webhooks\/(\d+)\/([^/]+)$/,
      open: true,
      handle(request, applicationId = '', token = '') {
        const interaction = acknowledged(applicationId, token);
        const body = required(IncomingWebhookRequestPartialSchema, request.body);
        return {
          status: 200,
          body: followUp(world, interaction, { body, uploads: request.uploads }),
        };
      },
    },
    {
      method: 'GET',
      path: new RegExp(`^${message}$`),
      open: true,
      handle: (_request, applicationId = '', token = '', id = '') => ({
        status: 200,
        body: post(acknowledged(applicationId, token), id).message,
      }),
    },
    {
      method: 'PATCH',
      path: new RegExp(`^${message}$`),
      open: true,
      handle({ body, uploads }, applicationId = '', token = '', id = '') {
        const interaction = acknowledged(applicationId, token);
        const target = post(interaction, id);
        const sent = {
          body: required(IncomingWebhookUpdateRequestPartialSchema, body),
          uploads,
        };
        return { status: 200, body: edit(world, interaction, target, sent) };
      },
    },
    {
      method: 'DELETE',
      path: new RegExp(`^${message}$`),
      open: true,
      handle(_request, applicationId = '', token = '', id = '') {
        const interaction = acknowledged(applicationId, token);
        remove(world, interaction, post(interaction, id));
        return { status: 204 };
      },
    },
  ];
}

function callback(
  world: World,
  found: Interaction | undefined,
  { body, query, uploads }: RequestRecord,
  id: string | undefined,
): Reply {
  const interaction = found?.id === id ? found : undefined;
  checkOpen(interaction);
  const type = isRecord(body) ? body['type'] : undefined;
  const schema = SCHEMAS.get(type);
  const allowed = ALLOWED[interaction.kind] ?? [];
  if (!schema || typeof type !== 'number' || !allowed.includes(type)) {
    throw invalidForm([
      field(['type'], 'BASE_TYPE_CHOICES', `Value must be one of (${allowed.join(', ')}).`),
    ]);
  }
  const value = required(schema, body);
  if (type === Callback.choices) checkChoices(value, interaction.focusedType);
  answer(world, interaction, value, uploads);
  return query.get('with_response') === 'true'
    ? { status: 200, body: response(interaction, type) }
    : { status: 204 };
}

/** A choice's value has the option's type, and as text at most 100 characters: docs.discord.com, "Choice Structure". */
function checkChoices({ data }: CallbackBody, optionType: number | undefined): void {
  const STRING_OPTION = 3;
  const errors = (data?.choices ?? []).flatMap((choice, index) => {
    if (!choice) return [];
    const path = ['data', 'choices', index];
    const { name, value } = choice;
    const kind = optionType === STRING_OPTION ? 'string' : 'number';
    if (name.trim() === '') {
      return [field([...path, 'name'], 'BASE_TYPE_REQUIRED', 'This field is required')];
    }
    if (typeof value !== kind) {
      return [field([...path, 'value'], 'BASE_TYPE_BAD_TYPE', `This value must be a ${kind}.`)];
    }
    return typeof value === 'string' && value.length > MAX_CHOICE
      ? [
          field(
            [...path, 'value'],
            'BASE_TYPE_MAX_LENGTH',
            `Must be ${MAX_CHOICE} or fewer in length.`,
          ),
        ]
      : [];
  });
  if (errors.length > 0) throw invalidForm(errors);
}

/** docs.discord.com, "Interaction Callback Response Object": the message only for types 4 and 7. */
function response(interaction: Interaction, type: number): object {
  const message = interaction.original?.message;
  const resource =
    type === Callback.message || type === Callback.update ? { resource: { type, message } } : {};
  return {
    interaction: {
      id: interaction.id,
      type: interaction.kind,
      ...(message
        ? {
            response_message_id: message.id,
            response_message_loading: (message.flags & Flag.loading) !== 0,
            response_message_ephemeral: (message.flags & Flag.ephemeral) !== 0,
          }
        : {}),
    },
    ...resource,
  };
}
