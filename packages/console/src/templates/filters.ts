/** Which templates are shown, as it stands in the address. */
export interface TemplateFilters {
  channel?: number;
  status?: string;
  language?: string;
}

const MOST = 40;

/** Whatever stands in the address: what is no filter is left out. */
export function readTemplateFilters({ channel, status, language }: Record<string, unknown>): TemplateFilters {
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= MOST;
  return {
    ...(typeof channel === 'number' && Number.isSafeInteger(channel) && channel > 0 && { channel }),
    ...(isText(status) && { status }),
    ...(isText(language) && { language }),
  };
}
