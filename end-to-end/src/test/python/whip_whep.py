"""Publishes a red picture and a 700 Hz tone by WHIP and receives them again by WHEP, with aiortc.

usage: whip_whep.py WHIP_URL WHEP_URL PUBLISH_TOKEN SUBSCRIBE_TOKEN
Prints one JSON line: frames and average colour received, audio frames and the loudest frequency heard.
"""

import asyncio
import fractions
import json
import sys
import urllib.parse
import urllib.request

import av
import numpy
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack

TONE_HZ = 700
FRAMES_WANTED = 60
AUDIO_WANTED = 100


class Red(VideoStreamTrack):
    async def recv(self):
        pts, time_base = await self.next_timestamp()
        picture = numpy.zeros((240, 320, 3), numpy.uint8)
        picture[:, :, 0] = 200
        picture[(pts // 900) % 200 :, :20, 1] = 120  # something moves
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = pts, time_base
        return frame


class Tone(AudioStreamTrack):
    async def recv(self):
        silence = await super().recv()
        at = silence.pts + numpy.arange(silence.samples)
        wave = (12000 * numpy.sin(2 * numpy.pi * TONE_HZ * at / silence.sample_rate)).astype(numpy.int16)
        frame = av.AudioFrame.from_ndarray(wave.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = silence.sample_rate, silence.pts
        frame.time_base = fractions.Fraction(1, silence.sample_rate)
        return frame


async def exchange(pc, url, token):
    """Posts the offer, takes the answer (RFC 9725 section 4.2) and gives the address of the resource."""
    await pc.setLocalDescription(await pc.createOffer())
    request = urllib.request.Request(
        url,
        data=pc.localDescription.sdp.encode(),
        headers={"Content-Type": "application/sdp", "Authorization": "Bearer " + token},
    )

    def post():
        with urllib.request.urlopen(request, timeout=30) as response:
            assert response.status == 201, response.status
            return response.read().decode(), response.headers["Location"]

    answer, location = await asyncio.get_running_loop().run_in_executor(None, post)
    await pc.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    return urllib.parse.urljoin(url, location)


async def main(whip, whep, publish_token, subscribe_token):
    up, down = RTCPeerConnection(), RTCPeerConnection()
    try:
        await talk(up, down, whip, whep, publish_token, subscribe_token)
    finally:
        # Their decoders are threads that keep Python from ending.
        await asyncio.gather(up.close(), down.close())


async def talk(up, down, whip, whep, publish_token, subscribe_token):
    up.addTrack(Tone())
    up.addTrack(Red())
    await exchange(up, whip, publish_token)

    arrived = {}
    both = asyncio.Event()

    @down.on("track")
    def on_track(track: MediaStreamTrack):
        arrived[track.kind] = track
        if len(arrived) == 2:
            both.set()

    down.addTransceiver("audio", direction="recvonly")
    down.addTransceiver("video", direction="recvonly")
    await exchange(down, whep, subscribe_token)
    await asyncio.wait_for(both.wait(), 30)

    got = {"video": 0, "audio": 0}

    async def pictures():
        while got["video"] < FRAMES_WANTED:
            frame = await arrived["video"].recv()
            got["video"] += 1
        return [round(float(c)) for c in frame.to_ndarray(format="rgb24").mean(axis=(0, 1))]

    async def sounds():
        samples = []
        while got["audio"] < AUDIO_WANTED:
            frame = await arrived["audio"].recv()
            got["audio"] += 1
            data = frame.to_ndarray().reshape(-1, len(frame.layout.channels))[:, 0]
            samples.append(data)
        wave = numpy.concatenate(samples[AUDIO_WANTED // 2 :]).astype(float)
        spectrum = numpy.abs(numpy.fft.rfft(wave * numpy.hanning(len(wave))))
        return float(numpy.fft.rfftfreq(len(wave), 1 / frame.sample_rate)[spectrum.argmax()])

    try:
        colour, hertz = await asyncio.wait_for(asyncio.gather(pictures(), sounds()), 60)
    except asyncio.TimeoutError as error:
        sent = [vars(s) for s in (await up.getStats()).values() if s.type == "outbound-rtp"]
        received = [vars(s) for s in (await down.getStats()).values() if s.type == "inbound-rtp"]
        raise AssertionError(f"frames {got}, sent {sent}, received {received}") from error
    print(json.dumps({"frames": FRAMES_WANTED, "colour": colour, "audioFrames": AUDIO_WANTED, "hertz": round(hertz, 1)}))


asyncio.run(main(*sys.argv[1:]))
