import type { DangerTexts } from '../danger-texts.ts';

export const en: DangerTexts = {
  pregnancy:
    '🚨 *Please call {ambulance} now.* Let her lie on her left side and stay with her. Nothing to eat or drink. Keep her papers ready.',
  breathing: '🚨 *Please call {ambulance} now.* Let them sit up, loosen tight clothes, open a window, and stay with them.',
  chest_pain: '🚨 *Please call {ambulance} now.* Let them sit and rest: no walking, no stairs. Stay with them.',
  unconscious:
    '🚨 *Please call {ambulance} now.* Turn them on one side, keep the mouth clear, and give nothing to eat or drink. If they do not breathe, press the middle of the chest hard and fast.',
  poisoning:
    '🚨 *Please call {ambulance} now*, or the poison centre {poison}. Do not make them vomit. Take the bottle or packet along.',
  snake_bite:
    '🚨 *Please call {ambulance} now.* Keep the bitten limb still and below the heart. No cutting, no sucking, no tight cloth. To hospital at once.',
  electric_shock:
    '🚨 *Switch off the main switch first; do not touch them before that.* Then call {ambulance}. If they do not breathe, press the middle of the chest hard and fast.',
  flood:
    '🚨 *Please call {any} now.* Go as high up as you can, keep away from moving water and wires, and save your phone’s battery.',
  collapse:
    '🚨 *Please call {any} now.* Keep away from the walls and do not go inside. If you are under the rubble, cover your mouth and knock on a pipe or wall.',
  fire: '🚨 *Get everybody out and call {fire} now.* No lift. In smoke, stay low with a wet cloth over the mouth. Do not go back in.',
  gas_leak:
    '🚨 *Open doors and windows, close the gas, go outside.* Touch no switch and light nothing. Then call {gas}, and {any} if anyone feels ill.',
  injury:
    '🚨 *Please call {ambulance} now.* Press a clean cloth firmly on the bleeding. Do not move someone who is badly hurt unless there is danger.',
  suicide:
    'I am glad that you wrote. You do not have to carry this alone. 💛 *Please call {mind}*: free, day and night, in your language. If you are in danger right now, call {any}, and stay with someone you trust.',
  violence:
    'You are not to blame, and you deserve help. *If you are in danger now, call {any}.* The women’s helpline {women} is free, day and night. If it is safe, go to a neighbour or to people.',
  missing_child:
    '🚨 *Please call {any} now, and the child helpline {child}.* Keep a recent photo ready and say what the child was wearing. Somebody should wait where the child was last seen.',
  distress:
    '🚨 *Please call {any} now* – police, fire brigade and ambulance. Say where you are, and go to a safe place if you can.',
  told: 'I have told our team too, and a person will write to you here. But the call is faster.',
};
