package dev.parley.recorder.compose;

import dev.parley.recorder.domain.plan.Span;
import java.nio.file.Path;

/** A piece of one person's video in an IVF file whose times count from the output frame at which it begins. */
record VideoRun(String person, Path file, int width, int height, Span span) {}
