export const en = {
  title: 'Where is my complaint?',
  reference: 'Number of the complaint',
  digits: 'Last four digits of your WhatsApp number',
  look: 'Look',
  none: 'No complaint was found with this number and these digits. Please check both.',
  often: 'Too many tries. Please wait a while, or ask on WhatsApp.',
  state: 'It is',
  opened: 'Given on',
  expected: 'Expected by',
  history: 'What happened',
  received: 'received',
};
