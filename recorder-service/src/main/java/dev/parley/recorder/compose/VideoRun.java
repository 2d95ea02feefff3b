package dev.parley.recorder.compose;

import dev.parley.recorder.domain.layout.Person;
import dev.parley.recorder.domain.plan.Plans;
import dev.parley.recorder.domain.plan.Span;
import java.nio.file.Path;

/**
 * A piece of one person's video in an IVF file whose times count from the output frame at which it begins.
 *
 * @param person who it is; the same text = the same place in the picture
 */
record VideoRun(String person, Person who, Path file, Span span) {
    /** Time of the first picture in the file, microseconds. */
    long offsetUs(int fps) {
        return Math.max(0, span.startUs() - Plans.frameAt(span.startUs(), fps) * 1_000_000 / fps);
    }
}
