package dev.parley.recorder.compose;

import dev.parley.recorder.domain.plan.Span;
import java.nio.file.Path;

/** A piece of sound in an Ogg file, without gaps. */
record AudioRun(Path file, Span span) {}
