/** WhatsApp through Meta's Cloud API. Sibling channels use the same file names. */
import type { ChannelAdapter } from '@hazir/core';
import { capabilities } from './capabilities.ts';
import { check } from './check.ts';
import { classify, classifyFailure } from './classify.ts';
import { download, locate, upload, uploadedId } from './media.ts';
import { parse } from './parse.ts';
import { render, renderRead } from './render.ts';
import { throughput } from './throughput.ts';
import { accountIn, handshake, verify } from './verify.ts';

export const whatsapp: ChannelAdapter = {
  channelType: 'whatsapp',
  capabilities,
  verify,
  accountIn,
  handshake,
  parse,
  check,
  render,
  renderRead,
  classify,
  classifyFailure,
  media: { locate, download, upload, uploadedId },
  throughput,
};
