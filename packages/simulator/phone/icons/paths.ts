/** The phone's own icons, drawn on a 24 by 24 grid as strokes; `fill` marks those that are filled. Flat data. */
export interface IconShape {
  path: string;
  fill?: true;
}

export const iconShapes = {
  back: { path: 'M20 12H5M11 6l-6 6 6 6' },
  close: { path: 'M6 6l12 12M18 6L6 18' },
  more: {
    path: 'M12 7a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8ZM12 13.9a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8ZM12 20.8a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8Z',
    fill: true,
  },
  plus: { path: 'M12 5v14M5 12h14' },
  send: { path: 'M3.4 20.4 21.6 12 3.4 3.6 3.4 10.2 15 12 3.4 13.8Z', fill: true },
  mic: { path: 'M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3ZM6 11.5a6 6 0 0 0 12 0M12 17.5V21' },
  clip: { path: 'M19.5 11.5 12 19a4.6 4.6 0 0 1-6.5-6.5L13.6 4.4a3 3 0 0 1 4.3 4.3L10 16.6a1.5 1.5 0 0 1-2.1-2.1l7-7' },
  photo: { path: 'M4 5.5h16v13H4ZM4 15.5l4.5-4.5 4 4 2.5-2.5 5 4.5M15.8 9.3v.1' },
  document: { path: 'M6.5 3.5h7l4 4v13h-11ZM13.5 3.5v4h4M9.5 12.5h5M9.5 16h5' },
  pin: {
    path: 'M12 21c4.5-4.7 6.8-8.2 6.8-11.2a6.8 6.8 0 0 0-13.6 0C5.2 12.8 7.5 16.3 12 21ZM12 12.3a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8Z',
  },
  person: { path: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.8-3.8 3.7-6 7.5-6s6.7 2.2 7.5 6' },
  phone: {
    path: 'M6.2 3.8 9 3.5l1.8 4.6-2.2 1.6a12 12 0 0 0 5.7 5.7l1.6-2.2 4.6 1.8-.3 2.8c-.1 1.3-1.3 2.3-2.6 2.2C10.2 19.4 4.6 13.8 4 6.4c-.1-1.3.9-2.5 2.2-2.6Z',
  },
  chat: { path: 'M4 5h16v11.5H10.5L6 20v-3.5H4Z' },
  list: { path: 'M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5v.1M4.5 12v.1M4.5 17.5v.1' },
  reply: { path: 'M10 6 4.5 11.5 10 17M4.5 11.5H14c3.5 0 5.5 2 5.5 6.5' },
  link: { path: 'M13 5h6v6M19 5l-8.5 8.5M10 6H5v13h13v-5' },
  copy: { path: 'M8.5 8.5h11v11h-11ZM15.5 8.5v-4h-11v11h4' },
  edit: { path: 'M5 19l1-4L16.5 4.5l3 3L9 18ZM14 7l3 3' },
  trash: { path: 'M5 7h14M10 7V4.5h4V7M7 7l.8 13h8.4L17 7M10.3 10.5l.3 6M13.7 10.5l-.3 6' },
  smile: {
    path: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM8.5 14c.8 1.4 2 2.1 3.5 2.1s2.7-.7 3.5-2.1M9 9.7v.1M15 9.7v.1',
  },
  play: { path: 'M7 4.5 19.5 12 7 19.5Z', fill: true },
  pause: { path: 'M7 5h3.5v14H7ZM13.5 5H17v14h-3.5Z', fill: true },
  down: { path: 'M6 9.5l6 6 6-6' },
  download: { path: 'M12 4v11M7 10.5l5 5 5-5M5 19.5h14' },
  lock: { path: 'M6.5 10.5h11v9.5h-11ZM8.8 10.5V8a3.2 3.2 0 0 1 6.4 0v2.5' },
  blocked: { path: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM6 6l12 12' },
  warning: { path: 'M12 4 2.8 20h18.4ZM12 10v4.5M12 17.2v.1' },
  sun: {
    path: 'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  },
  moon: { path: 'M20 14.2A8.3 8.3 0 0 1 9.8 4a8.3 8.3 0 1 0 10.2 10.2Z' },
  contrast: { path: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 3.5v17M12 8h6.5M12 12h8.5M12 16h6.5' },
  code: { path: 'M8.5 7 3.5 12l5 5M15.5 7l5 5-5 5' },
  settings: {
    path: 'M4 7.5h9M17 7.5h3M4 16.5h3M11 16.5h9M15 9.7a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM9 18.7a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  },
  plane: {
    path: 'M21 15.5v-2l-7.5-4.8V4a1.5 1.5 0 0 0-3 0v4.7L3 13.5v2l7.5-2.3v4.6l-2 1.5V21l3.5-1 3.5 1v-1.7l-2-1.5v-4.6Z',
    fill: true,
  },
  target: { path: 'M12 18.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3M12 12v.1' },
  minus: { path: 'M5 12h14' },
  store: { path: 'M5 10v10h14V10M3.5 10 5.5 4h13l2 6M3.5 10a2.8 2.8 0 0 0 5.6 0 2.9 2.9 0 0 0 5.8 0 2.8 2.8 0 0 0 5.6 0' },
  clock: { path: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7v5.3l3.5 2' },
  check: { path: 'M5 12.5l4.5 4.5L19 7' },
} satisfies Record<string, IconShape>;

export type IconName = keyof typeof iconShapes;
