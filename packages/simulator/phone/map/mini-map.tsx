import { MapPin, useWards, WardShapes } from './ward-map.tsx';
import { type Point, project, wardAt } from './wards.ts';

const width = 260;
const height = 140;
const unit = 0.32;

/** A small still map around a point, for a bubble. */
export function MiniMap({ point }: { point: Point }) {
  const wards = useWards();
  const [x, y] = project(point);
  const box = [x - (width * unit) / 2, y - height * unit * 0.6, width * unit, height * unit]
    .map((value) => value.toFixed(2))
    .join(' ');
  return (
    <svg className="mini-map" viewBox={box} aria-hidden="true" preserveAspectRatio="xMidYMid slice">
      <WardShapes wards={wards} current={wardAt(wards, point)} unit={unit} />
      <MapPin point={point} unit={unit} />
    </svg>
  );
}
