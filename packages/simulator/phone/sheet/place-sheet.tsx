import { useState } from 'react';
import { MapView } from '../map/map-view.tsx';
import { pointText } from '../map/places.ts';
import { useWards } from '../map/ward-map.tsx';
import { type Point, wardAt } from '../map/wards.ts';
import { usePhone } from '../state/phone-context.ts';
import { Sheet } from './sheet.tsx';

/** A location of a bubble, large. */
export function PlaceSheet({ point, name }: { point: Point; name: string }) {
  const { texts, closeSheet } = usePhone();
  const [centre, setCentre] = useState(point);
  const wards = useWards();
  const ward = wardAt(wards, point);
  return (
    <Sheet title={name} closeLabel={texts.sheet.close} onClose={closeSheet} placement="full">
      <div className="picker">
        <MapView wards={wards} centre={centre} onMove={setCentre}>
          <p className="map-where">
            <strong>{ward ? texts.map.ward(ward.name) : texts.map.outside}</strong>
            <span dir="ltr">{pointText(point)}</span>
          </p>
        </MapView>
      </div>
    </Sheet>
  );
}
