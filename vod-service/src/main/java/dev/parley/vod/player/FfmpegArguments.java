package dev.parley.vod.player;

import dev.parley.vod.domain.MediaPlan;
import dev.parley.vod.domain.OutTrack;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Command lines for FFmpeg, without the program itself. */
final class FfmpegArguments {
    /** Payload and headers of one datagram; below every usual path's limit with SRTP and UDP added. */
    static final int PACKET_BYTES_MAX = 1_200;

    /**
     * Containers that may be opened. Playlists (hls, dash, concat) are left out: they make FFmpeg fetch any address that the file's author
     * chose.
     */
    private static final String FORMATS =
            "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,mp3,wav,flac,aac,flv,mpegts,mpeg,avi,asf,ivf,h264,aiff,caf,w64";

    private static final long IO_TIMEOUT_US = 10_000_000;

    private FfmpegArguments() {}

    /** Options of the input, up to the address. */
    private static List<String> input(URI source) {
        String protocols = "file".equals(source.getScheme()) ? "file" : "http,https,tcp,tls";
        var args = new ArrayList<String>(List.of("-protocol_whitelist", protocols, "-format_whitelist", FORMATS));
        if (!"file".equals(source.getScheme())) args.addAll(List.of("-rw_timeout", Long.toString(IO_TIMEOUT_US)));
        return args;
    }

    private static String address(URI source) {
        return "file".equals(source.getScheme()) ? source.getPath() : source.toString();
    }

    /** For ffprobe: formats and streams as JSON. */
    static List<String> probe(URI source) {
        var args = words("-v quiet -print_format json -show_error -show_format -show_streams");
        args.addAll(input(source));
        args.add(address(source));
        return args;
    }

    /**
     * Plays at the file's own speed into RTP.
     *
     * @param originUs wall clock for time zero of the file: the same for both outputs, or their sender reports would drift apart by the time
     *     that the encoders need to start (0.13 s seen)
     */
    static List<String> play(URI source, boolean loop, MediaPlan plan, List<Output> outputs, long originUs) {
        var args = words("-hide_banner -loglevel error -nostdin -re");
        if (loop) args.addAll(words("-stream_loop -1"));
        args.addAll(input(source));
        args.addAll(List.of("-i", address(source)));
        for (Output output : outputs) {
            args.addAll(
                    switch (output.track().kind()) {
                        case VIDEO -> video(plan);
                        case AUDIO -> audio();
                    });
            args.addAll(words("-map_metadata -1 -start_time_realtime " + originUs));
            args.addAll(words("-payload_type " + output.track().payloadType() + " -ssrc "
                    + output.track().ssrc()));
            // RTCP goes to the same port (RFC 5761): one socket, one reader, one order.
            String port = output.port() + "?rtcpport=" + output.port() + "&pkt_size=" + PACKET_BYTES_MAX;
            args.addAll(words("-f rtp rtp://127.0.0.1:" + port));
        }
        return args;
    }

    /**
     * Constrained baseline with a key frame and its SPS and PPS every second: FFmpeg takes no request for a key frame (the relay's PLI), so a
     * short GOP is what gives a late subscriber its picture.
     */
    private static List<String> video(MediaPlan plan) {
        String rate = Integer.toString(plan.fps());
        String scale = "scale=w='min(" + MediaPlan.WIDTH_MAX + ",iw)':h='min(" + MediaPlan.HEIGHT_MAX
                + ",ih)':force_original_aspect_ratio=decrease:force_divisible_by=2";
        var args = words("-map 0:V:0 -an -sn -dn -c:v libx264 -profile:v baseline -level:v 3.1 -preset veryfast"
                + " -tune zerolatency -threads:v 2 -keyint_min " + rate + " -g " + rate + " -sc_threshold 0 -bf 0"
                + " -crf 25 -maxrate 1800k -bufsize 900k -x264-params repeat-headers=1");
        args.addAll(List.of("-vf", scale + ",fps=" + rate + ",format=yuv420p"));
        return args;
    }

    private static List<String> audio() {
        return words(
                "-map 0:a:0 -vn -sn -dn -c:a libopus -ar 48000 -ac 2 -b:a 64k -frame_duration 20 -application audio");
    }

    /** A command line without quotes. */
    private static List<String> words(String line) {
        return new ArrayList<>(List.of(line.split(" ")));
    }

    /** @param port of 127.0.0.1 where RTP and RTCP of the track are expected */
    record Output(OutTrack track, int port) {}
}
