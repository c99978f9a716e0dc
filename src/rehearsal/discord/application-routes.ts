/** REST: the bot itself, its application, its commands, and where its gateway is. */

import type { Registry } from './commands.ts';
import { missingAccess, notFound } from './refusal.ts';
import type { Route } from './requests.ts';
import type { World } from './world.ts';

/** What the application allows: installs to servers ('0') and to people's accounts ('1'). */
export type IntegrationTypes = readonly ('0' | '1')[];

export interface ApplicationOptions {
  readonly world: World;
  readonly registry: Registry;
  /** What /gateway/bot tells. */
  readonly gateway: () => { readonly url: string };
  readonly integrationTypes: () => IntegrationTypes;
}

export function applicationRoutes({
  world,
  registry,
  gateway,
  integrationTypes,
}: ApplicationOptions): Route[] {
  const application = () => ({
    id: world.applicationId,
    name: 'Lamplight',
    icon: null,
    description: '',
    summary: '',
    type: null,
    bot_public: true,
    bot_require_code_grant: false,
    bot: world.bot,
    owner: { ...world.bot, bot: false },
    team: null,
    verify_key: '0'.repeat(64),
    flags: 0,
    approximate_guild_count: [...world.guilds.values()].filter((one) => one.botInstalled).length,
    redirect_uris: [],
    interactions_endpoint_url: null,
    integration_types_config: Object.fromEntries(
      integrationTypes().map((type) => [
        type,
        type === '0'
          ? {
              oauth2_install_params: { scopes: ['applications.commands', 'bot'], permissions: '0' },
            }
          : {},
      ]),
    ),
  });
  const mine = (id: string | undefined) => {
    if (id !== world.applicationId && id !== '@me') throw notFound();
  };
  const scoped = (guildId: string | undefined) => {
    if (guildId !== undefined && !world.guilds.get(guildId)?.botInstalled) throw missingAccess();
    return guildId;
  };
  const commands = '^/applications/(\\d+)(?:/guilds/(\\d+))?/commands';
  const all = new RegExp(`${commands}$`);
  const one = new RegExp(`${commands}/(\\d+)$`);

  return [
    {
      method: 'GET',
      path: /^\/gateway$/,
      open: true,
      handle: () => ({ status: 200, body: { url: gateway().url } }),
    },
    {
      method: 'GET',
      path: /^\/gateway\/bot$/,
      handle: () => ({ status: 200, body: gateway() }),
    },
    {
      method: 'GET',
      path: /^\/users\/@me$/,
      handle: () => ({
        status: 200,
        body: { ...world.bot, verified: true, mfa_enabled: false, locale: 'en-US', email: null },
      }),
    },
    {
      method: 'GET',
      path: /^\/(?:applications|oauth2\/applications)\/@me$/,
      handle: () => ({ status: 200, body: application() }),
    },
    {
      method: 'GET',
      path: all,
      handle({ query }, id, guildId) {
        mine(id);
        const localized = query.get('with_localizations') === 'true';
        return { status: 200, body: registry.list(scoped(guildId), localized) };
      },
    },
    {
      method: 'PUT',
      path: all,
      handle({ body }, id, guildId) {
        mine(id);
        return { status: 200, body: registry.overwrite(body, scoped(guildId)) };
      },
    },
    {
      method: 'POST',
      path: all,
      handle({ body }, id, guildId) {
        mine(id);
        const { created, command } = registry.create(body, scoped(guildId));
        return { status: created ? 201 : 200, body: command };
      },
    },
    {
      method: 'GET',
      path: one,
      handle(_request, id, guildId, commandId = '') {
        mine(id);
        return { status: 200, body: registry.get(commandId, scoped(guildId)) };
      },
    },
    {
      method: 'PATCH',
      path: one,
      handle({ body }, id, guildId, commandId = '') {
        mine(id);
        return { status: 200, body: registry.patch(commandId, body, scoped(guildId)) };
      },
    },
    {
      method: 'DELETE',
      path: one,
      handle(_request, id, guildId, commandId = '') {
        mine(id);
        registry.remove(commandId, scoped(guildId));
        return { status: 204 };
      },
    },
  ];
}
