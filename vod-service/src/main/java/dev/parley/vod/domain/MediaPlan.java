package dev.parley.vod.domain;

/**
 * What of a file is played and how. The picture is made to fit what every WebRTC browser decodes: H.264 constrained baseline level 3.1,
 * so at most 1280x720 at 30 pictures a second; never larger than the file's own.
 *
 * @param fps pictures a second of the output; 0 without video
 */
public record MediaPlan(boolean audio, boolean video, int fps) {
    public static final int WIDTH_MAX = 1280;
    public static final int HEIGHT_MAX = 720;
    public static final int FPS_MAX = 30;
    /** For a file that does not tell its own rate. */
    private static final int FPS_DEFAULT = 25;

    /** @param sourceFps of the file's first moving picture stream; 0 or NaN when it does not tell */
    public static MediaPlan of(boolean audio, boolean video, double sourceFps) {
        if (!video) return new MediaPlan(audio, false, 0);
        if (!(sourceFps > 0)) return new MediaPlan(audio, true, FPS_DEFAULT);
        return new MediaPlan(audio, true, Math.clamp(Math.round(sourceFps), 1, FPS_MAX));
    }

    public boolean nothing() {
        return !audio && !video;
    }
}
