package dev.parley.recorder.compose;

import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.domain.layout.Person;
import dev.parley.recorder.domain.layout.Rect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** FFmpeg's filter graph of one scene: canvas, windows with their tags, then the marks in the corners. Not thread safe. */
public final class SceneGraph {
    private static final String FONT = "Noto Sans CJK SC";
    private static final int NONE = 0, BOTTOM_LEFT = 3;

    private final CompositionRequest request;
    private final RecordParam param;
    private final long wallUs;
    private final StringBuilder graph = new StringBuilder();
    private final int[] used = new int[5];
    private int inputs = 1; // after the canvas
    private int layers;
    private boolean image;

    /** Input 0 is the canvas. @param wallUs wall clock of the scene's first frame */
    public SceneGraph(CompositionRequest request, long wallUs) {
        this.request = request;
        this.param = request.param();
        this.wallUs = wallUs;
        graph.append("[0:v]null[c0]");
    }

    /** The next input stands here, whole, with bars where its shape is another. */
    void window(Rect place, Person who) throws IOException {
        window(place, who, "");
    }

    /** The same with an input that is coded video as it was sent, at no certain rate. @param skip frames of the film that come before */
    public void coded(Rect place, Person who, long skip) throws IOException {
        String even = "fps=%d:start_time=0,".formatted(param.fps());
        window(place, who, skip == 0 ? even : even + "trim=start_frame=%d,setpts=PTS-STARTPTS,".formatted(skip));
    }

    private void window(Rect place, Person who, String first) throws IOException {
        boolean odd = ((place.x() | place.y() | place.width() | place.height()) & 1) != 0;
        graph.append(";[%d:v]".formatted(inputs)).append(first);
        if (odd) graph.append("format=yuv444p,");
        graph.append("scale=%d:%d:force_original_aspect_ratio=decrease".formatted(place.width(), place.height()));
        int size = Math.max(10, shortEdge() / 28);
        if (request.tags() && !who.tag().isEmpty() && place.height() >= 4 * size) // on the picture, not on the bars
        graph.append("," + text("tag" + inputs, who.tag(), size, "x=%d:y=h-th-%d".formatted(size / 2, size / 2)));
        graph.append(",pad=%d:%d:(ow-iw)/2:(oh-ih)/2,setsar=1".formatted(place.width(), place.height()));
        graph.append(",tpad=stop=-1:stop_mode=clone");
        graph.append("[w%d];".formatted(inputs));
        overlay("[w%d]".formatted(inputs), place.x() + ":" + place.y() + (odd ? ":format=yuv444" : ""));
        inputs++;
    }

    /** The next input is the picture for the corner. */
    void image() {
        image = true;
    }

    public String build() throws IOException {
        int size = Math.max(12, shortEdge() / 24);
        if (param.rtWatermark() != NONE) {
            String clock = "%{pts:localtime:" + String.format(Locale.ROOT, "%.3f", wallUs / 1e6) + "}";
            mark(param.rtWatermark(), size, clock, true, "clock");
        }
        if (image && param.waterMark() != NONE) {
            int height = param.height() / 8;
            graph.append(";[%d:v]scale=%d:%d:force_original_aspect_ratio=decrease[i];"
                    .formatted(inputs, param.width() / 3, height));
            overlay("[i]", corner(param.waterMark(), height, "W", "w", "H", "h"));
        }
        if (param.textWatermark() != NONE
                && param.text() != null
                && !param.text().isBlank()) mark(param.textWatermark(), size, param.text(), false, "text");
        return graph.append(";[c%d]format=yuv420p[v]".formatted(layers)).toString();
    }

    private int shortEdge() {
        return Math.min(param.width(), param.height());
    }

    private void mark(int corner, int size, String text, boolean clock, String name) throws IOException {
        String[] place = corner(corner, size + size / 2, "w", "tw", "h", "th").split(":");
        String draw = clock ? clock(text, size, place) : text(name, text, size, "x=" + place[0] + ":y=" + place[1]);
        graph.append(";[c%d]%s[c%d]".formatted(layers, draw, layers + 1));
        layers++;
    }

    private String clock(String expansion, int size, String[] place) throws IOException {
        return drawtext("clock", expansion, size, "x=" + place[0] + ":y=" + place[1] + ":expansion=normal");
    }

    private String text(String name, String text, int size, String where) throws IOException {
        return drawtext(name, text, size, where + ":expansion=none");
    }

    /** The text goes through a file: no character of it can mean anything to the graph. */
    private String drawtext(String name, String text, int size, String rest) throws IOException {
        Path file = request.work().resolve(name + "-" + wallUs + ".txt");
        Files.writeString(file, text);
        return "drawtext=font='%s':textfile='%s':fontsize=%d:fontcolor=white:box=1:boxcolor=black@0.45:boxborderw=%d:%s"
                .formatted(FONT, file.toString().replace("'", "'\\\\\\''"), size, size / 4, rest);
    }

    /** What shares a corner is stacked, the first one outermost. */
    private String corner(int corner, int height, String width, String own, String canvas, String ownHeight) {
        int margin = Math.max(6, param.height() / 40);
        int offset = margin + used[corner];
        used[corner] += height + margin / 2;
        String x = corner % 2 == 1 ? "" + margin : width + "-" + own + "-" + margin;
        String y = corner >= BOTTOM_LEFT ? canvas + "-" + ownHeight + "-" + offset : "" + offset;
        return x + ":" + y;
    }

    private void overlay(String what, String where) {
        graph.append("[c%d]%soverlay=%s[c%d]".formatted(layers, what, where, layers + 1));
        layers++;
    }
}
