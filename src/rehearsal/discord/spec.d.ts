// The package's own types don't compile under erasableSyntaxOnly, so the schemas in use are named here.
declare module 'discord-api-spec/zod' {
  type Schema<Output> = import('zod/mini').ZodMiniType<Output>;

  export const MessageCreateRequestSchema: Schema<import('./body.ts').MessageBody>;
  export const MessageEditRequestPartialSchema: Schema<import('./body.ts').MessageBody>;
  export const IncomingWebhookRequestPartialSchema: Schema<import('./body.ts').MessageBody>;
  export const IncomingWebhookUpdateRequestPartialSchema: Schema<import('./body.ts').MessageBody>;
  export const CreateMessageInteractionCallbackRequestSchema: Schema<
    import('./body.ts').CallbackBody
  >;
  export const UpdateMessageInteractionCallbackRequestSchema: Schema<
    import('./body.ts').CallbackBody
  >;
  export const ApplicationCommandAutocompleteCallbackRequestSchema: Schema<
    import('./body.ts').CallbackBody
  >;
  export const ApplicationCommandCreateRequestSchema: Schema<import('./body.ts').CommandBody>;
  export const ApplicationCommandUpdateRequestSchema: Schema<import('./body.ts').CommandBody>;
  export const ApplicationCommandPatchRequestPartialSchema: Schema<
    Partial<import('./body.ts').CommandBody>
  >;
}
