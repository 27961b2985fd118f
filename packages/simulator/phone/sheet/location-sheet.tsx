import { type FormEvent, useId, useState } from 'react';
import type { ChatBody, CitizenMessage } from '../../src/protocol.ts';
import { Icon } from '../icons/icon.tsx';
import { MapView } from '../map/map-view.tsx';
import { parsePoint, places, pointText } from '../map/places.ts';
import { useWards } from '../map/ward-map.tsx';
import { type Point, wardAt } from '../map/wards.ts';
import { usePhone } from '../state/phone-context.ts';
import { Sheet } from './sheet.tsx';

const start: Point = places[0] ?? { latitude: 19.0212, longitude: 72.8409 };

/** Chooses a point on the map of Mumbai's wards, by place or by coordinates, and sends it. */
export function LocationSheet({ replyTo }: { replyTo: string | undefined }) {
  const { texts, number, send, closeSheet } = usePhone();
  const [centre, setCentre] = useState(start);
  const wards = useWards();
  const ward = wardAt(wards, centre);
  const submit = () => {
    const body: ChatBody = { type: 'location', latitude: round(centre.latitude), longitude: round(centre.longitude) };
    const message: CitizenMessage = { ...body, numberId: number.numberId };
    closeSheet();
    send(replyTo === undefined ? message : { ...message, replyTo }, body);
  };
  const footer = (
    <button type="button" className="main-button" onClick={submit}>
      <Icon name="pin" size={20} /> {texts.map.send}
    </button>
  );
  return (
    <Sheet title={texts.map.title} closeLabel={texts.sheet.close} onClose={closeSheet} placement="full" footer={footer}>
      <div className="picker">
        <MapView wards={wards} centre={centre} onMove={setCentre}>
          <p className="map-where" role="status">
            <strong>{ward ? texts.map.ward(ward.name) : texts.map.outside}</strong>
            <span dir="ltr">{pointText(centre)}</span>
          </p>
        </MapView>
        <fieldset className="chips">
          <legend className="hidden-text">{texts.map.presets}</legend>
          {places.map((place) => (
            <button
              key={place.id}
              type="button"
              className="chip"
              aria-pressed={isAt(centre, place)}
              onClick={() => setCentre(place)}
            >
              {texts.map.places[place.id]}
            </button>
          ))}
        </fieldset>
        <CoordinateField onPoint={setCentre} />
      </div>
    </Sheet>
  );
}

function CoordinateField({ onPoint }: { onPoint: (point: Point) => void }) {
  const { texts } = usePhone();
  const [invalid, setInvalid] = useState(false);
  const id = useId();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('point');
    const point = parsePoint(typeof typed === 'string' ? typed : '');
    setInvalid(!point);
    if (point) onPoint(point);
  };
  return (
    <form className="field coordinates" onSubmit={onSubmit}>
      <label htmlFor={id}>{texts.map.coordinates}</label>
      <div className="field-line">
        <input
          id={id}
          name="point"
          dir="ltr"
          inputMode="text"
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          aria-invalid={invalid}
        />
        <button type="submit" className="quiet-button">
          {texts.map.go}
        </button>
      </div>
      <p id={`${id}-hint`} className={invalid ? 'hint hint-wrong' : 'hint'} role={invalid ? 'alert' : undefined}>
        {invalid ? texts.map.invalid : texts.map.coordinatesHint}
      </p>
    </form>
  );
}

function isAt(centre: Point, place: Point): boolean {
  return centre.latitude === place.latitude && centre.longitude === place.longitude;
}

/** Six decimals are about ten centimetres: what phones send. */
function round(degrees: number): number {
  return Number(degrees.toFixed(6));
}
