// The storyboard as a Remotion composition: what it says comes from story.json.
import React from "react";
import { AbsoluteFill, Composition, Easing, Img, Sequence, interpolate, registerRoot, staticFile, useCurrentFrame, useVideoConfig } from "remotion";
import story from "./story.json";

const faces = [400, 800]
  .map((weight) => `@font-face{font-family:"Public Sans";font-weight:${weight};src:url("${staticFile(`${weight}.ttf`)}")}`)
  .join("");
const ease = Easing.bezier(...story.ease);
const held = { extrapolateLeft: "clamp", extrapolateRight: "clamp" };

const Enter = ({ order, style, children }) => {
  const { fps } = useVideoConfig();
  const start = story.delays[order] * fps;
  const share = interpolate(useCurrentFrame(), [start, start + story.enter * fps], [0, 1], { ...held, easing: ease });
  return <div style={{ ...style, opacity: share, transform: `translateY(${(1 - share) * story.distance}px)` }}>{children}</div>;
};

const Ground = () => {
  const { fps } = useVideoConfig();
  const scale = interpolate(useCurrentFrame(), [0, story.seconds * fps], [1, 1.1], held);
  return <Img src={staticFile("photo.jpg")} style={{ position: "absolute", width: "100%", height: "100%", objectFit: "cover", transform: `scale(${scale})` }} />;
};

const Scene = ({ number }) => (
  <AbsoluteFill style={{ background: story.grounds[number], fontFamily: "Public Sans" }}>
    {story.still ? null : <Ground />}
    <AbsoluteFill style={{ padding: "300px 90px 0", gap: 44, boxSizing: "border-box" }}>
      <Enter order={0} style={{ fontSize: 112, lineHeight: 1.1, fontWeight: 800, color: "#fff", marginBottom: 40 }}>{story.titles[number]}</Enter>
      {story.cards.map(([head, line], at) => (
        <Enter key={head} order={at + 1} style={{ background: "#fff", color: "#10222b", borderRadius: 32, padding: "48px 56px" }}>
          <div style={{ fontSize: 54, lineHeight: 1.2, fontWeight: 800 }}>{head}</div>
          <div style={{ fontSize: 38, lineHeight: 1.35, marginTop: 12 }}>{line}</div>
        </Enter>
      ))}
    </AbsoluteFill>
  </AbsoluteFill>
);

const Story = () => {
  const { fps } = useVideoConfig();
  return (
    <>
      <style>{faces}</style>
      {story.titles.map((title, number) => (
        <Sequence key={number} from={Math.round(number * story.seconds * fps)} durationInFrames={Math.round(story.seconds * fps)}>
          <Scene number={number} />
        </Sequence>
      ))}
    </>
  );
};

registerRoot(() => (
  <Composition id="story" component={Story} width={story.width} height={story.height} fps={story.rate} durationInFrames={story.frames} />
));
