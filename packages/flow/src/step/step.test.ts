import { expect, test } from 'vitest';
import { compileTestPack, lineOf, talkTo } from '../testing/pack.ts';

const files = {
  'flows/main.yaml': `
flow: main
nodes:
  - language: choose-language
  - say: welcome
  - choose: topic
    options: [{ id: roads, go: roads }, { id: water, go: water }]
`,
  'flows/roads.yaml': `
flow: roads
nodes:
  - say: card
    then: [water, main]
`,
  'flows/water.yaml': `
flow: water
nodes:
  - choose: what
    options: [leak, smell]
    save: what
  - say: thanks
`,
  'texts/en.yaml': `
main:
  title: Menu
  welcome: Welcome!
  topic: { text: What is it about?, options: { roads: Roads, water: Water } }
roads: { title: Roads, card: Call 123. }
water:
  title: Water
  what: { text: What is wrong?, options: { leak: A leak, smell: A smell } }
  thanks: "Noted: {what}"
`,
  'texts/hi.yaml': `
main:
  title: मेनू
  welcome: स्वागत है!
  topic: { text: किस बारे में?, options: { roads: सड़क, water: पानी } }
roads: { title: सड़क, card: 123 पर फ़ोन करें। }
water:
  title: पानी
  what: { text: क्या हुआ?, options: { leak: रिसाव, smell: बदबू } }
  thanks: "दर्ज: {what}"
`,
};

const pack = compileTestPack({ files, languages: ['en', 'hi'] });

test('a first message asks for the language, then welcomes and asks in one bubble', () => {
  const talk = talkTo(pack, { contact: { id: 'c1' } });
  expect(talk.say('Hi').map(lineOf)).toEqual(['Which language would you like?\nआप किस भाषा में बात करना चाहेंगे? [English | हिन्दी]']);
  expect(talk.tap('हिन्दी').map(lineOf)).toEqual(['स्वागत है!\n\nकिस बारे में? [सड़क | पानी]']);
  expect(talk.say('२').map(lineOf)).toEqual(['क्या हुआ? [रिसाव | बदबू]']);
  expect(talk.say('Smell').map(lineOf)[0]).toContain('कृपया कोई एक विकल्प दबाएँ');
  expect(talk.say('a smell').map(lineOf)).toEqual(['दर्ज: smell']);
  expect(talk.session()).toBeUndefined();
});
