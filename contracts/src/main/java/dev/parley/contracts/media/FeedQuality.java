package dev.parley.contracts.media;

/**
 * How well a feed's stream got through in the last second or two.
 *
 * @param bits        per second, headers included
 * @param loss        share of packets lost on the way, 0 to 1, though they may have been repaired
 * @param jitterMs    interarrival jitter (RFC 3550 section 6.4.1), milliseconds
 * @param roundTripMs 0 = not known, as for a publisher: an ICE-lite relay asks him nothing
 * @param fps         pictures per second; 0 without video, or where it is not known (on the way to a subscriber)
 * @param width       of the largest picture that comes, pixels; 0 = not known
 * @param mos         estimated mean opinion score, 1 bad to 4.4: the simplified E-model (ITU-T G.107) by loss and delay; 0 = not known
 */
public record FeedQuality(
        long bits, double loss, double jitterMs, double roundTripMs, double fps, int width, int height, double mos) {}
