/** What the services of each pack in memory say: to officers, and to what is done by itself. */
import type { CompiledPack } from '@hazir/flow';
import type { ChannelBook, PackBook } from '@hazir/runtime';
import type { LoadedServices } from '@hazir/services';

const known = new WeakMap<CompiledPack, LoadedServices>();

/** What a pack's services are asked by, from now on. */
export function learnServices(pack: CompiledPack, services: LoadedServices): void {
  known.set(pack, services);
}

export function servicesOf(pack: CompiledPack): LoadedServices | undefined {
  return known.get(pack);
}

/** Of every organization, as its numbers run it now; `part` chooses what is wanted. */
export function currentServices<Part>(
  { channels, packs }: { channels: ChannelBook; packs: PackBook },
  part: (services: LoadedServices) => Part | undefined,
): ReadonlyMap<number, Part> {
  const found = new Map<number, Part>();
  for (const { organizationId, pack: id } of channels.all()) {
    const pack = packs.current(organizationId, id)?.pack;
    const services = pack && known.get(pack);
    const wanted = services && part(services);
    if (wanted !== undefined) found.set(organizationId, wanted);
  }
  return found;
}
