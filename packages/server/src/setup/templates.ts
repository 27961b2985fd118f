/** A pack's templates in the shape in which Meta takes them for review. */
import type { JsonObject } from '@hazir/core';
import type { CompiledPack } from '@hazir/flow';

export function templatesForReview(pack: CompiledPack | undefined): JsonObject[] {
  return [...(pack?.templates.values() ?? [])].flatMap((template) =>
    Object.entries(template.languages).map(([language, text]) => ({
      name: template.name,
      language,
      category: template.category.toUpperCase(),
      components: [
        {
          type: 'BODY',
          text: text.body,
          ...(template.parameters.length > 0 && { example: { body_text: [template.parameters.map((name) => `(${name})`)] } }),
        },
        ...(text.footer === undefined ? [] : [{ type: 'FOOTER', text: text.footer }]),
        ...(text.buttons.length === 0
          ? []
          : [{ type: 'BUTTONS', buttons: text.buttons.map(({ label }) => ({ type: 'QUICK_REPLY', text: label })) }]),
      ],
    })),
  );
}
