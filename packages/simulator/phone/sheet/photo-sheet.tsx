import { useEffect, useMemo, useState } from 'react';
import { Icon } from '../icons/icon.tsx';
import { drawSample, type SampleScene, sampleScenes } from '../sample/photos.ts';
import { usePhone } from '../state/phone-context.ts';
import { FileButton } from './file-button.tsx';
import { Sheet } from './sheet.tsx';

const largest = 5 * 1024 * 1024;

/** Chooses a photo from the device or from the drawn samples, then adds a caption and sends. */
export function PhotoSheet() {
  const { texts, closeSheet, notify } = usePhone();
  const [chosen, setChosen] = useState<{ blob: Blob; fileName: string }>();
  const samples = useSamples();
  const take = (file: File) => {
    if (file.size > largest) notify(texts.sheet.tooLarge);
    else setChosen({ blob: file, fileName: file.name });
  };
  if (chosen) return <PhotoPreview {...chosen} />;
  return (
    <Sheet title={texts.sheet.choosePhoto} closeLabel={texts.sheet.close} onClose={closeSheet}>
      <p className="group-title">{texts.sheet.samples}</p>
      <div className="samples">
        {samples.map(({ scene, blob, url }) => (
          <button key={scene} type="button" className="sample" onClick={() => setChosen({ blob, fileName: `${scene}.jpg` })}>
            <img src={url} alt="" />
            <span>{texts.sheet[scene]}</span>
          </button>
        ))}
      </div>
      <FileButton label={texts.sheet.fromDevice} accept="image/jpeg,image/png" onFile={take} />
    </Sheet>
  );
}

function PhotoPreview({ blob, fileName }: { blob: Blob; fileName: string }) {
  const { texts, sendFile, closeSheet } = usePhone();
  const [caption, setCaption] = useState('');
  const url = useBlobAddress(blob);
  const submit = () => {
    closeSheet();
    const file = { media: 'image' as const, blob, fileName };
    sendFile(caption.trim() === '' ? file : { ...file, caption: caption.trim() });
  };
  return (
    <Sheet title={texts.sheet.photo} closeLabel={texts.sheet.close} onClose={closeSheet} placement="full">
      <form
        className="preview"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <img src={url} alt={texts.sheet.photo} />
        <div className="preview-line">
          <input
            value={caption}
            maxLength={1024}
            dir="auto"
            placeholder={texts.sheet.caption}
            aria-label={texts.sheet.caption}
            data-first-focus
            onChange={(event) => setCaption(event.currentTarget.value)}
          />
          <button type="submit" className="send-button" aria-label={texts.sheet.send}>
            <Icon name="send" />
          </button>
        </div>
      </form>
    </Sheet>
  );
}

function useSamples() {
  const [samples, setSamples] = useState<{ scene: SampleScene; blob: Blob; url: string }[]>([]);
  useEffect(() => {
    let urls: string[] = [];
    let shown = true;
    void Promise.all(sampleScenes.map(async (scene) => ({ scene, blob: await drawSample(scene) }))).then((drawn) => {
      if (!shown) return;
      const ready = drawn.map((sample) => ({ ...sample, url: URL.createObjectURL(sample.blob) }));
      urls = ready.map((sample) => sample.url);
      setSamples(ready);
    });
    return () => {
      shown = false;
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, []);
  return samples;
}

function useBlobAddress(blob: Blob): string {
  const url = useMemo(() => URL.createObjectURL(blob), [blob]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return url;
}
