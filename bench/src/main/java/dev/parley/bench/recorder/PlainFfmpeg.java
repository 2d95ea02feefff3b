package dev.parley.bench.recorder;

import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.compose.CompositionRequest;
import dev.parley.recorder.compose.SceneGraph;
import dev.parley.recorder.domain.layout.Arrangement;
import dev.parley.recorder.domain.layout.Layouts;
import dev.parley.recorder.domain.layout.Person;
import dev.parley.recorder.domain.layout.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The yardstick: one FFmpeg that reads the ready-made files and makes the same film with the composer's own filter graph. */
final class PlainFfmpeg {
    private PlainFfmpeg() {}

    /** @param request as the composer gets it; its journal is not looked at */
    static Path film(Meeting meeting, CompositionRequest request, int seconds)
            throws IOException, InterruptedException {
        RecordParam param = request.param();
        var command = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "color=c=black:s=%dx%d:r=%d".formatted(param.width(), param.height(), param.fps())));
        var people = meeting.people();
        for (Meeting.Person person : people)
            command.addAll(List.of("-i", person.video().toString()));
        for (Meeting.Person person : people)
            command.addAll(List.of("-i", person.audio().toString()));

        var graph = new SceneGraph(request, Meeting.WALL_MS * 1_000);
        var seen =
                people.stream().map(person -> new Person(person.tag(), false)).toList();
        var how = new Arrangement(Arrangement.Mode.values()[param.layoutMode()], false, Map.of(), new TreeMap<>());
        for (Window window : Layouts.place(seen, param.width(), param.height(), how))
            graph.coded(window.rect(), seen.get(window.person()), 0);
        var all = new StringBuilder(graph.build()).append(';');
        for (int i = 0; i < people.size(); i++) all.append("[%d:a]".formatted(1 + people.size() + i));
        all.append("amix=inputs=%d:duration=longest:normalize=0,alimiter=limit=0.95:level=disabled[a]"
                .formatted(people.size()));

        Path out = request.work().resolve("plain.mp4");
        command.addAll(List.of(
                "-filter_complex",
                all.toString(),
                "-map",
                "[v]",
                "-map",
                "[a]",
                "-t",
                "" + seconds,
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-crf",
                "23",
                "-g",
                "" + 2 * param.fps(),
                "-bf",
                "0",
                "-c:a",
                "aac",
                "-b:a",
                "" + param.audioCodeRate(),
                "-ac",
                "" + param.channels(),
                "-ar",
                "" + param.sampleRate(),
                "-movflags",
                "+faststart",
                out.toString()));
        Programs.ffmpeg(command.toArray(String[]::new));
        return out;
    }
}
